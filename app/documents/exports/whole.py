"""A whole application as PDF, in its language: one submission, or a draft marked as such on every page."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from app.applications.models import Submission
from app.applications.queries.files import File, earlier_questions
from app.applications.rules.states import LANGUAGES
from app.core.i18n.formats import moment, number, timestamp
from app.core.i18n.language import speaking
from app.questionnaires.queries import version
from app.questionnaires.rules.answers import SectionSummary, declared, summary


def whole_file(file: File, *, at: datetime, contact: str | None = None) -> dict[str, Any]:
    """The data of papers/applicant/whole.typ. Deterministic for a submission.

    `contact`: the name of the owner as the viewer may know it.
    """
    application, language = file.application, file.language
    name = application.person.name if contact is None else contact
    with speaking(language):
        sections = [
            _section(f"{one.number}. {one.title}", one)
            for one in summary(file.definition, file.answers, file.attachments, language)
        ]
        sections += [_section(f"{_('No longer asked')}: {one.title}", one) for one in earlier_questions(file)]
        call = f"{application.call.programme.title[language]}, {application.call.title[language]}"
        facts = [
            [_("Call"), call],
            *_submission_facts(file),
            [_("Language of the file"), str(LANGUAGES[language])],
            [_("Contact person"), ", ".join(filter(None, (name, application.person.email)))],
        ]
        return {
            "title": file.title or application.call.title[language],
            "language": language,
            "region": "BE",
            "reference": application.reference or "",
            "header": call,
            "warning": "" if file.sent else _("Draft, not handed in"),
            "made": _made(file, at),
            "page": _("Page %(number)s of %(count)s", number="{n}", count="{of}"),
            "facts": facts,
            "sections": [*sections, *_declarations(file, language)],
        }


def _made(file: File, at: datetime) -> str:
    if file.sent is None:
        return _("Coopcity. Made on %(moment)s.", moment=moment(at))
    return _("Coopcity. Handed in on %(moment)s.", moment=_handed_in(file.sent))


def _handed_in(sent: Submission) -> str:
    """When it was handed in; from the second time on also which version of the application this is."""
    if sent.number == 1:
        return moment(sent.at)
    return _("%(moment)s (version %(number)s of the file)", moment=moment(sent.at), number=number(sent.number))


def _submission_facts(file: File) -> list[list[str]]:
    """The moment, number and form version of a submission; for a draft, since when it exists."""
    if file.sent is None:
        return [[_("State"), _("Draft, not handed in")], [_("Last saved"), timestamp(file.application.saved_at)]]
    form = version(file.sent.questionnaire_version_id)
    return [
        [_("Handed in on"), _handed_in(file.sent)],
        [_("Version of the form"), number(form.number)],
    ]


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
    """The declarations at submission."""
    if file.sent is None:
        return []
    rows = []
    for text, ticked in declared(file.definition.declarations, file.sent.declarations):
        said = _("agreed, version %(version)s", version=ticked) if ticked else _("not agreed")
        rows.append({"label": text[language], "lines": [said], "empty": ""})
    return [{"title": _("Declarations"), "rows": rows}] if rows else []
