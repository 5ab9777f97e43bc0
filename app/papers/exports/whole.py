"""A whole file on paper, in its own language."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.applications.queries import File, earlier_questions
from app.applications.rules import LANGUAGES
from app.core.i18n import moment, speaking
from app.questionnaires.rules import SectionSummary, declared, summary


def whole_file(file: File, *, at: datetime) -> dict[str, Any]:
    """What papers/applicant/whole.typ shows."""
    application, language = file.application, file.application.language
    with speaking(language):
        sections = [
            _section(f"{one.number}. {one.title}", one)
            for one in summary(file.definition, file.answers, file.attachments, language)
        ]
        sections += [_section(f"{_('No longer asked')}: {one.title}", one) for one in earlier_questions(file)]
        facts = [
            [_("Language of the file"), str(LANGUAGES[language])],
            [_("Contact person"), f"{application.person.name}, {application.person.email}"],
        ]
        if application.handed_in_at:
            facts.insert(0, [_("Handed in on"), moment(application.handed_in_at)])
        return {
            "title": application.title or application.call.title[language],
            "language": language,
            "region": "BE",
            "reference": application.reference or "",
            "made": _("Coopcity. Made on %(moment)s.", moment=moment(at)),
            "page": _("Page %(number)s of %(count)s", number="{n}", count="{of}"),
            "facts": facts,
            "sections": [*sections, *_declarations(file, language)],
        }


def _section(title: str, section: SectionSummary) -> dict[str, Any]:
    rows = []
    for row in section.rows:
        lines = [
            _("%(label)s: %(text)s", label=one.label, text=one.text) if one.label else one.text for one in row.lines
        ]
        broken = [piece for line in lines for piece in line.splitlines()]
        rows.append({"label": row.label, "lines": broken, "empty": _("Left empty")})
    return {"title": title, "rows": rows}


def _declarations(file: File, language: str) -> list[dict[str, Any]]:
    """What was agreed to as the file was handed in."""
    if not file.application.handed_in_at:
        return []
    rows = []
    for text, ticked in declared(file.definition.declarations, file.application.declarations):
        said = _("agreed, version %(version)s", version=ticked) if ticked else _("not agreed")
        rows.append({"label": text[language], "lines": [said], "empty": ""})
    return [{"title": _("Declarations"), "rows": rows}] if rows else []
