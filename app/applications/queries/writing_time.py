"""How long others wrote on each part of a form."""

from sqlalchemy import func, select

from app.applications.models import Application, SectionSave
from app.applications.rules.writing_time import minutes_by_part
from app.core.db.base import db
from app.questionnaires.models import QuestionnaireVersion

NEWEST = 100  # files: enough for a median, and as cheap after ten years


def minutes_of_form(version_id: int) -> dict[str, int]:
    """The median minutes by part of the newest handed-in files of this form, in any version; no rehearsals."""
    form = select(QuestionnaireVersion.questionnaire_id).where(QuestionnaireVersion.id == version_id).scalar_subquery()
    versions = select(QuestionnaireVersion.id).where(QuestionnaireVersion.questionnaire_id == form)
    files = (
        select(Application.id)
        .where(Application.submitted_at.is_not(None), Application.is_rehearsal.is_(False))
        .where(Application.questionnaire_version_id.in_(versions))
        .order_by(Application.submitted_at.desc(), Application.id.desc())
        .limit(NEWEST)
        .subquery()
    )
    wanted = (
        select(SectionSave.section, func.max(SectionSave.worked_seconds))
        .where(SectionSave.application_id.in_(select(files.c.id)))
        .group_by(SectionSave.application_id, SectionSave.section)
    )
    return minutes_by_part((part, seconds) for part, seconds in db.session.execute(wanted))
