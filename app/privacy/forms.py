"""Correct one's name, and confirm erasure."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from app.core.http.forms import Form, at_most, needed, no_address
from app.core.i18n.bilingual import LANGUAGE_CHOICES, LOCALES


class CorrectForm(Form):
    """Name and language."""

    name = StringField(_l("Name"), [needed(_l("Fill in your name")), at_most(120), no_address])
    language = RadioField(
        _l("Language of our letters"),
        choices=[SelectChoice(*pair) for pair in LANGUAGE_CHOICES.items()],
        validate_choice=False,
        validators=[AnyOf(LOCALES, message=_l("Choose a language"))],
    )


class EraseForm(Form):
    """Erasure needs a tick."""

    sure = BooleanField(_l("Erase everything. I know that nobody can bring it back."), [needed(_l("Tick this box"))])


class EmptyForm(Form):
    """A button; only checks the CSRF token."""
