"""The issues that block publishing, with the page where each is fixed."""

from flask import url_for
from flask_babel import gettext as _

from app.core.i18n import stale_translations
from app.core.i18n.language import language_name
from app.form_builder import actions
from app.form_builder import rules as drafts
from app.form_builder.queries import Working
from app.questionnaires.rules.definition import Definition
from app.questionnaires.rules.issues import issues_of, names_of
from app.questionnaires.rules.reach import unanswerable


def page_issues_of(found: Working, definition: Definition) -> list[tuple[str, str, str]]:
    """(address, sentence, part of the form) for every issue of the draft."""
    names, whole = names_of(definition), _("This form")
    issues = [(issue.place, "", issue.sentence) for issue in (*issues_of(definition), *unanswerable(definition))]
    for mark, language in sorted(stale_translations.marks(actions.about(found.form)).items()):
        place, _colon, text = mark.partition(":")
        words = _(
            "%(text)s: the %(language)s text was left behind",
            text=names.get(place, whole),
            language=language_name(language),
        )
        issues.append((place, "" if ":" in text else f"#{text}_{language}", words))
    return [
        (_address(found, place) + anchor, words, drafts.part_of(found.data, place)) for place, anchor, words in issues
    ]


def _address(found: Working, place: str) -> str:
    """The page where an issue is fixed."""
    key = found.form.key
    if drafts.find(found.data, place):
        return url_for("form_builder_editor.question", key=key, place=place)
    if drafts.section_of(found.data, place):
        return url_for("form_builder_editor.section", key=key, part=place)
    return url_for("form_builder_editor.frame", key=key)
