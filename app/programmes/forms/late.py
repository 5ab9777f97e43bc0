"""The form for a late code."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, Optional

from app.core.http.forms import Form, at_most, email_address, needed, no_address
from app.core.i18n.bilingual import LANGUAGE_CHOICES, LOCALES


class LateCodeForm(Form):
    """For whom, until when and why."""

    name = StringField(_l("Name"), [needed(_l("Fill in the name")), at_most(120), no_address])
    email = EmailField(_l("E-mail address"), [needed(_l("Fill in the e-mail address")), email_address])
    language = RadioField(
        _l("Language of this person"),
        choices=[SelectChoice(code, LANGUAGE_CHOICES[code]) for code in LOCALES],
        validate_choice=False,
    )
    closes_on = DateField(_l("May hand in until"), [Optional()])
    closes_hour = StringField(_l("at"))
    reason = TextAreaField(_l("Why"), [needed(_l("Say why, so that colleagues understand it later")), at_most(1000)])

    def validate_language(self, field: RadioField) -> None:
        AnyOf(LOCALES, message=str(_l("Choose a language")))(self, field)
