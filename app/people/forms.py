"""Forms: roles of a person, and who takes over their work."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.models import Person
from app.accounts.rules import Role
from app.core.http.edit_forms import EditForm
from app.core.http.forms import Form, at_most, email_address, needed, no_address, normal_email
from app.core.i18n.bilingual import LANGUAGE_CHOICES, LOCALES
from app.core.text.cleaning import sent_number
from app.people.rules import ROLE_NAMES

LONGEST_NAME = 120
ROLES = [SelectChoice(value=role, label=name) for role, name in ROLE_NAMES.items()]


class NewPersonForm(Form):
    """A new colleague."""

    name = StringField(_l("Name"), [needed(_l("Write the name")), at_most(LONGEST_NAME), no_address])
    email = EmailField(_l("E-mail address"), [needed(_l("Write the e-mail address")), email_address])
    role = RadioField(_l("Role"), [needed(_l("Choose a role"))], choices=ROLES, validate_choice=False)
    language = RadioField(
        _l("Language of the mails"),
        [needed(_l("Choose a language"))],
        choices=[SelectChoice(value=code, label=LANGUAGE_CHOICES[code]) for code in LOCALES],
        validate_choice=False,
    )

    def validate_role(self, field: RadioField) -> None:
        AnyOf(list(ROLE_NAMES), message=str(_l("Choose a role")))(self, field)

    def validate_language(self, field: RadioField) -> None:
        AnyOf(LOCALES, message=str(_l("Choose a language")))(self, field)

    @property
    def address(self) -> str:
        """The normalised address."""
        return normal_email(self.email.data or "") or ""

    def say_known(self, words: str) -> None:
        """Explain why this address cannot be added."""
        self.email.errors = [words]


class HandOverForm(Form):
    """Who takes over the work; an empty choice returns it."""

    heir = SelectField(_l("Hand the work over to"), choices=[])

    def offer(self, colleagues: Iterable[Person]) -> None:
        """Offer the colleagues who may take over."""
        nobody = SelectChoice(value="", label=_l("nobody: it goes back"))
        self.heir.choices = [nobody, *(SelectChoice(value=str(one.id), label=one.name) for one in colleagues)]

    @property
    def heir_id(self) -> int:
        """The id of the colleague; 0 for none."""
        return sent_number(self.heir.data or "")


class RolesForm(EditForm, HandOverForm):
    """The roles of one person."""

    roles = SelectMultipleField(
        _l("Roles"),
        choices=ROLES,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    @property
    def wanted(self) -> frozenset[Role]:
        """The ticked roles."""
        return frozenset(Role(one) for one in self.roles.data or [])
