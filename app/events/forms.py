"""Registration form, and reading the filter and the attendance list."""

import re

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, StringField

from app.core.http.forms import Form, at_most, email_address, needed, no_address
from app.core.i18n.bilingual import LOCALES
from app.events.rules import AgendaFilter

LONGEST_KEY = 200
PROGRAMME = re.compile(r"[a-z0-9-]{1,40}")


class RegistrationForm(Form):
    """Name and address: what an attendance list and a reminder need."""

    name = StringField(_l("Your name"), [needed(_l("Fill in your name")), at_most(120), no_address])
    email = EmailField(_l("Your e-mail address"), [needed(_l("Fill in your e-mail address")), email_address])
    website = StringField(_l("Leave this field empty"))

    @property
    def is_machine(self) -> bool:
        """Honeypot: people do not see the last field, programs fill it in."""
        return bool(self.website.data)


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
