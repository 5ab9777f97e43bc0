"""What somebody fills in to come, and what the team ticks afterwards."""

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import EmailField, StringField

from app.core.http.forms import Form, at_most, email_address, needed, no_address
from app.core.i18n.bilingual import LOCALES

LONGEST_KEY = 200


class RegistrationForm(Form):
    """Name and address: what a list at the door and a reminder need, and nothing more."""

    name = StringField(_l("Your name"), [needed(_l("Fill in your name")), at_most(120), no_address])
    email = EmailField(_l("Your e-mail address"), [needed(_l("Fill in your e-mail address")), email_address])
    website = StringField(_l("Leave this field empty"))

    @property
    def is_machine(self) -> bool:
        """People do not see the last field; programs that fill in everything do."""
        return bool(self.website.data)


class EmptyForm(Form):
    """A button: nothing but the proof that our own page sent it."""


def language_wanted(args: "MultiDict[str, str]") -> str:
    """One language of the site, or none: all events."""
    wanted = args.get("language", "")
    return wanted if wanted in LOCALES else ""


def place_in_list(args: "MultiDict[str, str]", name: str) -> str:
    """The key of the event behind which a list goes on."""
    return args.get(name, "")[:LONGEST_KEY]


def ticked(form: "MultiDict[str, str]", name: str) -> set[int]:
    """The numbers of the boxes of this name."""
    return {int(one) for one in form.getlist(name) if one.isascii() and one.isdigit() and len(one) < 12}
