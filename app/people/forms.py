"""Which roles somebody holds, and who takes their work over."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.models import Person
from app.accounts.rules import Role
from app.core.forms import Form
from app.core.text import sent_number
from app.people.rules import ROLE_NAMES

ROLES = [SelectChoice(value=role, label=name) for role, name in ROLE_NAMES.items()]


class HandOverForm(Form):
    """Who takes the work over; nobody means that it goes back to where it came from."""

    heir = SelectField(_l("Hand the work over to"), choices=[])

    def offer(self, colleagues: Iterable[Person]) -> None:
        """The colleagues who may take it over."""
        nobody = SelectChoice(value="", label=_l("nobody: it goes back"))
        self.heir.choices = [nobody, *(SelectChoice(value=str(one.id), label=one.name) for one in colleagues)]

    @property
    def heir_id(self) -> int:
        """The number of the colleague; 0 for nobody."""
        return sent_number(self.heir.data or "")


class RolesForm(HandOverForm):
    """The roles of one person."""

    roles = SelectMultipleField(
        _l("Roles"), choices=ROLES, widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip

    @property
    def wanted(self) -> frozenset[Role]:
        """What was ticked."""
        return frozenset(Role(one) for one in self.roles.data or [])
