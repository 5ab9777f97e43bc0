"""The editor's form: every text in both languages, side by side."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from app.content.models import Page
from app.content.rules import FAQ, TEXTS, every_question, gaps, texts_of
from app.core.http.edit_forms import EditForm
from app.core.http.forms import at_most
from app.core.i18n.bilingual import LOCALES, Bilingual

LABELS = {"title": _l("Title"), "lead": _l("Introduction"), "body": _l("Text (Markdown)")}
LIMITS = {"title": 160, "lead": 600, "body": 60_000}
LANGUAGES = {"nl": _l("in Dutch"), "fr": _l("in French")}


class PageForm(EditForm):
    """Title, introduction and text; `of` adds the fields per language."""

    is_faq = False

    @classmethod
    def of(cls, page: Page) -> "PageForm":
        """The form of a page, filled with its texts and with what was sent; leaves out texts that are shown nowhere."""
        now = {f"{name}_{locale}": getattr(page, name)[locale] for name in TEXTS for locale in LOCALES}
        form = cls(data=now)
        form.is_faq = page.key == FAQ
        for name in set(TEXTS) - set(texts_of(page.key)):
            for locale in LOCALES:
                del form[f"{name}_{locale}"]
        return form

    def texts(self) -> dict[str, Bilingual]:
        """The typed values, by text."""
        return {
            name: Bilingual(**{locale: self[f"{name}_{locale}"].data or "" for locale in LOCALES})
            for name in TEXTS
            if f"{name}_{LOCALES[0]}" in self
        }

    def validate(self, extra_validators: Any = None) -> bool:
        """Publish gate: both languages or neither, and never without a title."""
        fine = bool(super().validate(extra_validators))
        typed = self.texts()
        needed = [("title", locale) for locale in typed["title"].missing()]
        for name, locale in dict.fromkeys([*needed, *gaps(typed)]):
            field = self[f"{name}_{locale}"]
            words = {"text": LABELS[name], "language": LANGUAGES[locale]}
            field.errors = [*field.errors, _("%(text)s: write this %(language)s too", **words)]
            fine = False
        return self._has_each_question_twice(typed) and fine

    def _has_each_question_twice(self, typed: dict[str, Bilingual]) -> bool:
        """The frequent questions are paired by their order: as many in each language."""
        counts = [len(every_question(typed["body"][locale])) for locale in LOCALES] if self.is_faq else []
        if len(set(counts)) < 2:
            return True
        field = self["body_fr"]
        said = _("There are %(dutch)s questions in Dutch and %(french)s in French", dutch=counts[0], french=counts[1])
        field.errors = [*field.errors, said]
        return False


for _name, _label in LABELS.items():
    for _locale in LOCALES:
        _kind = StringField if _name == "title" else TextAreaField
        setattr(PageForm, f"{_name}_{_locale}", _kind(_label, [at_most(LIMITS[_name])]))
