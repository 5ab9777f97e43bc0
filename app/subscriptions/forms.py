"""Forms of a subscription: asking for it, changing it, and removing an address."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from app.core.http.forms import Form, PublicForm, email_address, needed, normal_email
from app.core.i18n.bilingual import LANGUAGE_CHOICES, LOCALES, Bilingual
from app.core.i18n.language import locale
from app.subscriptions.rules import ALL_CALLS, NEWSLETTER


class TopicsForm(Form):
    """What to hear of, and in which language."""

    calls = SelectMultipleField(_l("E-mail me when a call opens"), validate_choice=False)
    newsletter = BooleanField(_l("Send me the newsletter too"))
    language = RadioField(
        _l("Language of the e-mails"),
        [needed(_l("Choose a language"))],
        choices=[SelectChoice(code, LANGUAGE_CHOICES[code]) for code in LOCALES],
        validate_choice=False,
    )

    def __init__(self, titles: Mapping[str, Bilingual], **values: Any) -> None:
        super().__init__(**values)
        named = [SelectChoice(topic, title[locale()]) for topic, title in titles.items()]
        self.calls.choices = [SelectChoice(ALL_CALLS, _("For every programme")), *named]

    def validate_language(self, field: RadioField) -> None:
        AnyOf(LOCALES, message=str(_l("Choose a language")))(self, field)

    @property
    def topics(self) -> set[str]:
        """The chosen topics; what the page did not offer is left out."""
        offered = {one.value for one in self.calls.choices}
        return (set(self.calls.data or ()) & offered) | ({NEWSLETTER} if self.newsletter.data else set())

    @staticmethod
    def shown(topics: set[str], language: str) -> dict[str, Any]:
        """The values of the fields for these topics."""
        return {"calls": sorted(topics - {NEWSLETTER}), "newsletter": NEWSLETTER in topics, "language": language}


class SubscribeForm(TopicsForm, PublicForm):
    """`once` is made with the page, so sending the form twice is one request."""

    email = EmailField(_l("Your e-mail address"), [needed(_l("Fill in your e-mail address")), email_address])
    once = HiddenField()

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one topic."""
        fine = super().validate(extra_validators)
        if not self.topics:
            self.calls.errors = [_("Choose at least one programme, or the newsletter")]
            return False
        return fine

    @property
    def address(self) -> str:
        """The normalised address."""
        return normal_email(self.email.data or "") or ""


class RemoveForm(Form):
    """The address of somebody who asks to be removed."""

    email = EmailField(_l("E-mail address"), [needed(_l("Fill in the e-mail address")), email_address])

    @property
    def address(self) -> str:
        """The normalised address."""
        return normal_email(self.email.data or "") or ""


class EmptyForm(Form):
    """A button; only checks the CSRF token."""
