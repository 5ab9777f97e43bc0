"""Registration form, and reading the filter and the attendance list."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, SelectMultipleField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice

from app.core.http.forms import Form, PublicForm, at_most, email_address, needed, no_address
from app.core.i18n.bilingual import LOCALES
from app.events.models import AccessNeeds
from app.events.rules import NEEDS, AgendaFilter, Needs

LONGEST_KEY, LONGEST_NEED = 200, 500
PROGRAMME = re.compile(r"[a-z0-9-]{1,40}")


class NeedsForm(Form):
    """What somebody needs to take part: all of it free, kept only with their consent."""

    needs = SelectMultipleField(
        _l("What do you need to take part?"),
        choices=[SelectChoice(code, name) for code, name in NEEDS.items()],
        validate_choice=False,
    )
    need_words = TextAreaField(_l("Something else"), [at_most(LONGEST_NEED)])
    needs_agreed = BooleanField(_l("Your consent"))

    @classmethod
    def of(cls, stored: AccessNeeds | None) -> "NeedsForm":
        """The form with what is stored."""
        if stored is None:
            return cls()
        return cls(data={"needs": stored.kinds.split(), "need_words": stored.words, "needs_agreed": True})

    @property
    def asked(self) -> Needs:
        """What is ticked and written; unknown codes are left out."""
        ticked = set(self.needs.data or [])
        return Needs(tuple(code for code in NEEDS if code in ticked), self.need_words.data or "")

    def validate_needs_agreed(self, field: BooleanField) -> None:
        """Without consent nothing about somebody's health is kept."""
        if self.asked and not field.data:
            raise ValidationError(_("Tick your consent, or leave empty what you need"))


class RegistrationForm(NeedsForm, PublicForm):
    """Name and address: what an attendance list and a reminder need."""

    name = StringField(_l("Your name"), [needed(_l("Fill in your name")), at_most(120), no_address])
    email = EmailField(_l("Your e-mail address"), [needed(_l("Fill in your e-mail address")), email_address])


class EmptyForm(Form):
    """A button; only checks the CSRF token."""


def wanted(args: "MultiDict[str, str]") -> AgendaFilter:
    """The filter in the address; what makes no sense is left out."""
    language, programme = args.get("language", ""), args.get("programme", "")
    return AgendaFilter(language if language in LOCALES else "", programme if PROGRAMME.fullmatch(programme) else "")


def place_in_list(args: "MultiDict[str, str]", name: str) -> str:
    """The paging key: the event after which the list continues."""
    return args.get(name, "")[:LONGEST_KEY]


def ticked(form: "MultiDict[str, str]", name: str) -> set[int]:
    """The ids of the ticked boxes with this name."""
    return {int(one) for one in form.getlist(name) if one.isascii() and one.isdigit() and len(one) < 12}
