"""Forms of the team for a running call."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import EmailField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from app.core.http.forms import Form, at_most, email_address, needed, no_address
from app.core.i18n.bilingual import LANGUAGE_CHOICES, LOCALES


class OnBehalfForm(Form):
    """The person on whose behalf the application is started."""

    name = StringField(_l("Name of the applicant"), [needed(_l("Fill in the name")), at_most(120), no_address])
    email = EmailField(_l("E-mail address"), [needed(_l("Fill in the e-mail address")), email_address])
    language = RadioField(
        _l("Language of the file"),
        choices=[SelectChoice(code, LANGUAGE_CHOICES[code]) for code in LOCALES],
        validate_choice=False,
    )

    def validate_language(self, field: RadioField) -> None:
        AnyOf(LOCALES, message=str(_l("Choose a language")))(self, field)


class VersionForm(Form):
    """The form version of the call."""

    version = SelectField(_l("Form"), validate_choice=False)

    def offer(self, versions: list[Any], language: str) -> None:
        """Offer the published versions."""
        self.version.choices = [
            SelectChoice(str(one.id), _("%(form)s, version %(number)s", form=one.title[language], number=one.number))
            for one in versions
        ]

    def validate_version(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a form"))
