"""The editor's form: every text in both languages, side by side."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from app.content.models import Page
from app.content.rules import gaps
from app.core.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.core.forms import Form, at_most

TEXTS = {"title": _l("Title"), "lead": _l("Introduction"), "body": _l("Text (Markdown)")}
LIMITS = {"title": 160, "lead": 600, "body": 60_000}


class PageForm(Form):
    """Title, introduction and text; the fields per language are added below."""

    @classmethod
    def of(cls, page: Page) -> "PageForm":
        """The form filled with a page's words."""
        now = {f"{name}_{locale}": getattr(page, name)[locale] for name in TEXTS for locale in LOCALES}
        return cls(data=now)

    def texts(self) -> dict[str, Bilingual]:
        """What was typed, by text."""
        return {
            name: Bilingual(**{locale: self[f"{name}_{locale}"].data or "" for locale in LOCALES}) for name in TEXTS
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Both languages or neither: the publish gate."""
        fine = bool(super().validate(extra_validators))
        for name, locale in gaps(self.texts()):
            field = self[f"{name}_{locale}"]
            field.errors = [*field.errors, _("Write this in %(language)s too", language=LANGUAGE_NAMES[locale])]
            fine = False
        return fine


for _name, _label in TEXTS.items():
    for _locale in LOCALES:
        _kind = StringField if _name == "title" else TextAreaField
        setattr(PageForm, f"{_name}_{_locale}", _kind(_label, [at_most(LIMITS[_name])]))
