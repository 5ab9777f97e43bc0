"""Load an application with its form, answers, attachments and submissions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from operator import eq

from sqlalchemy import and_, false, func, or_, select

from app.accounts.models import Person
from app.applications.models import Application, Attachment, FormMove, Move, SectionSave, Submission
from app.applications.queries.revisions import SAVED, Answers, Saved, sections_of
from app.applications.rules.prefill import prefilled
from app.applications.rules.scope import current_questions, open_questions, select_questions
from app.applications.rules.showing import shown_language, shown_title
from app.applications.rules.states import State
from app.core.db.base import db
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.queries import definition_of, version
from app.questionnaires.rules.answers import Problem, SectionSummary, problems, summary
from app.questionnaires.rules.definition import Definition, Section


@dataclass(frozen=True)
class File:
    """A loaded application. `asked`: the questions for which it was sent back; `last`: the last submission.

    `sent`: the submission this text belongs to; None for the working text.
    """

    application: Application
    definition: Definition
    saved: dict[str, Saved]
    attachments: list[Attachment]
    last: Submission | None = None
    asked: list[str] = field(default_factory=list)
    sent: Submission | None = None

    @property
    def title(self) -> str:
        """The project name in this text; the row has that of the last submission."""
        return shown_title(self.answers) or self.application.title

    @property
    def language(self) -> str:
        return shown_language(self.answers) or self.application.language

    @property
    def person(self) -> Person:
        """The owner."""
        return self.application.person

    @cached_property
    def answers(self) -> Answers:
        """The answers of all sections. For a question that moved to another section, the newest answer counts."""
        return {question: self.saved[section].answers[question] for question, section in self._written_in.items()}

    @cached_property
    def _written_in(self) -> dict[str, str]:
        """The section whose save holds the newest answer to each question."""
        in_order = sorted(self.saved, key=lambda section: self.saved[section].saved_at)
        return {question: section for section in in_order for question in self.saved[section].answers}

    def answers_of(self, section: Section) -> Answers:
        """The answers of a section; to what no save holds yet, those prefilled from the start form.

        An answer to a question that moved or was removed stays available until it is written elsewhere.
        """
        known = prefilled(self.person.name, self.person.email, self.application.language)
        here = self.saved[section.key].answers if section.key in self.saved else {}
        wanted = [question.key for question in section.questions]
        offered = {key: known[key] for key in wanted if key in known and key not in here}
        kept = {key: answer for key, answer in here.items() if self._written_in[key] == section.key}
        return offered | kept | {key: self.answers[key] for key in wanted if key in self.answers}

    def revision_of(self, section: Section) -> int:
        """The number of the newest save; 0 before the first."""
        return self.saved[section.key].revision if section.key in self.saved else 0

    @cached_property
    def open_keys(self) -> frozenset[str]:
        """The questions that may be changed while the application is open."""
        return open_questions(self.definition, State(self.application.state), self.asked)

    def to_write(self) -> list[Section]:
        """The sections that may be changed, each with those questions alone."""
        found = [select_questions(section, self.open_keys) for section in self.definition.sections]
        return [section for section in found if section.questions]

    def after(self, section: Section) -> Section | None:
        """The next section, if any."""
        sections = self.to_write()
        place = [one.key for one in sections].index(section.key) + 1
        return sections[place] if place < len(sections) else None

    def missing(self) -> list[tuple[Section, list[Problem]]]:
        """What is missing before submission, by section."""
        found = []
        for section in self.to_write():
            gaps = problems(self.definition, section.key, self.answers, self.attachments)
            found.append((section, [gap for gap in gaps if gap.question in self.open_keys]))
        return [(section, gaps) for section, gaps in found if gaps]


def open_file(application: Application) -> File:
    """Everything a page about one application needs, in at most four statements."""
    saved, attached = sections_of(application.id), attachments_of(application.id)
    last = last_submission(application.id) if application.reference else None
    same = last is not None and _text_of(saved, attached) == (last.sections, last.attachments)
    return _current_questions(
        File(
            application,
            definition_of(application.version),
            saved,
            attached,
            last,
            asked_for(application),
            last if same else None,
        )
    )


def handed_in_file(application: Application) -> File:
    """The last submission: what staff and jury read."""
    last = last_submission(application.id)
    return open_file(application) if last is None else file_of(application, last)


def handed_in_files(applications: Sequence[Application]) -> list[File]:
    """The same for several applications, in three statements."""
    return _files_of([(one, last) for one, last in zip(applications, _last_submissions(applications), strict=True)])


def file_of(application: Application, submission: Submission) -> File:
    """The application as of this submission."""
    return _files_of([(application, submission)])[0]


def _files_of(handed_in: Sequence[tuple[Application, Submission]]) -> list[File]:
    saved, sent = _at_revisions([one for _, one in handed_in]), _files([one for _, one in handed_in])
    return [
        _current_questions(
            File(
                application,
                definition_of(version(one.questionnaire_version_id)),
                saved[one.id],
                sent[one.id],
                last=one,
                sent=one,
            )
        )
        for application, one in handed_in
    ]


def _text_of(saved: dict[str, Saved], attached: Sequence[Attachment]) -> tuple[dict[str, int], list[int]]:
    """The text of a submission: section revisions and attachments."""
    return {name: one.revision for name, one in saved.items()}, [one.id for one in attached]


def _current_questions(file: File) -> File:
    """The application with the questions that are asked now; an uploaded file counts as an answer."""
    answered = file.answers | {one.question: one.name for one in file.attachments}
    return replace(file, definition=current_questions(file.definition, file.asked, answered))


def form_of(key: str) -> tuple[Application, Definition] | None:
    """The application with its form, without a check of rights: show only its questions."""
    application = db.session.scalar(select(Application).where(Application.key == key))
    return (application, definition_of(application.version)) if application else None


def attachments_of(application_id: int) -> list[Attachment]:
    """Attachments that were not removed, oldest first."""
    return list(
        db.session.scalars(
            select(Attachment)
            .where(Attachment.application_id == application_id, Attachment.removed_at.is_(None))
            .order_by(Attachment.id)
        )
    )


def removed_files(application_id: int, keys: Collection[str], since: datetime) -> list[Attachment]:
    """Those of these attachments that were removed after this moment, latest first."""
    wanted = select(Attachment).where(
        Attachment.application_id == application_id, Attachment.key.in_(keys), Attachment.removed_at > since
    )
    return list(db.session.scalars(wanted.order_by(Attachment.removed_at.desc(), Attachment.id)))


def removed_and_never_handed_in(before: datetime) -> list[int]:
    """Attachments removed before this moment that belong to no submission."""
    removed = db.session.execute(
        select(Attachment.id, Attachment.application_id)
        .where(Attachment.removed_at <= before)
        .order_by(Attachment.removed_at, Attachment.id)
    ).all()
    wanted = select(Submission.attachments).where(
        Submission.application_id.in_({row.application_id for row in removed})
    )
    kept = {number for numbers in db.session.scalars(wanted) for number in numbers} if removed else set()
    return [row.id for row in removed if row.id not in kept]


def is_used(digest: str) -> bool:
    """True while an answer refers to this stored file."""
    return db.session.scalar(select(Attachment.id).where(Attachment.digest == digest).limit(1)) is not None


def is_as_handed_in(application: Application) -> bool:
    """True when the working text equals the last submission."""
    last = last_submission(application.id)
    sections = {name: saved.revision for name, saved in sections_of(application.id).items()}
    files = [attachment.id for attachment in attachments_of(application.id)]
    return last is not None and (last.sections, last.attachments) == (sections, files)


def submissions_of(application_id: int) -> list[Submission]:
    """All submissions, oldest first."""
    wanted = select(Submission).where(Submission.application_id == application_id)
    return list(db.session.scalars(wanted.order_by(Submission.number)))


def submission(application_id: int, number: int) -> Submission | None:
    """Submission with this number."""
    return db.session.scalar(
        select(Submission).where(Submission.application_id == application_id, Submission.number == number)
    )


def last_submission(application_id: int) -> Submission | None:
    """The last submission."""
    wanted = select(Submission).where(Submission.application_id == application_id)
    return db.session.scalar(wanted.order_by(Submission.number.desc()).limit(1))


def sent_back(application: Application) -> Move | None:
    """The step that sent the application back; None when it is in another state."""
    if application.state != State.INCOMPLETE:
        return None
    wanted = select(Move).where(Move.application_id == application.id, Move.to_state == State.INCOMPLETE)
    return db.session.scalar(wanted.order_by(Move.id.desc()).limit(1))


def asked_for(application: Application) -> list[str]:
    """The questions that staff named when they sent it back; empty otherwise."""
    step = sent_back(application)
    return list(step.questions) if step else []


def versions_answered(application_id: int) -> list[QuestionnaireVersion]:
    """The form versions used by this application, oldest first."""
    used = select(SectionSave.questionnaire_version_id).where(SectionSave.application_id == application_id)
    left = select(FormMove.from_version_id).where(FormMove.application_id == application_id)
    wanted = select(QuestionnaireVersion).where(QuestionnaireVersion.id.in_(used.union(left)))
    return list(db.session.scalars(wanted.order_by(QuestionnaireVersion.id)))


def form_before(application_id: int, version_id: int) -> Definition | None:
    """The form before the move to a newer version; None where it was never used."""
    left = select(FormMove.id).where(FormMove.application_id == application_id, FormMove.from_version_id == version_id)
    return definition_of(version(version_id)) if db.session.scalar(left.limit(1)) else None


def earlier_questions(file: File) -> list[SectionSummary]:
    """Answers under an earlier form version that are no longer asked, as they were asked then."""
    lost = {key for key in file.answers if not file.definition.has(key)}
    if not lost:
        return []
    found = []
    for published in versions_answered(file.application.id):
        definition = definition_of(published)
        everything = summary(definition, file.answers, file.attachments, locale=None)
        for section in everything:
            rows = [row for row in section.rows if row.question in lost and row.lines]
            lost -= {row.question for row in rows}
            if rows:
                found.append(replace(section, rows=rows))
    return found


def _last_submissions(applications: Sequence[Application]) -> list[Submission]:
    ids = [one.id for one in applications]
    newest = (
        select(func.max(Submission.id)).where(Submission.application_id.in_(ids)).group_by(Submission.application_id)
    )
    rows = db.session.scalars(select(Submission).where(Submission.id.in_(newest)))
    found = {one.application_id: one for one in rows}
    return [found[one.id] for one in applications]


def _at_revisions(submissions: Sequence[Submission]) -> dict[int, dict[str, Saved]]:
    """Sections by submission."""
    columns = SectionSave.application_id, SectionSave.section, SectionSave.revision
    keys = [(one.application_id, *section) for one in submissions for section in one.sections.items()]
    chosen = [and_(*map(eq, columns, key)) for key in keys]
    rows = db.session.execute(
        select(SectionSave.application_id, SectionSave.section, *SAVED).where(or_(false(), *chosen))
    )
    found = {(row[0], row[1], row[2]): Saved(*row[2:]) for row in rows}
    return {
        one.id: {
            name: saved
            for name, number in one.sections.items()
            # the answers of an erased application are deleted
            if (saved := found.get((one.application_id, name, number)))
        }
        for one in submissions
    }


def _files(submissions: Sequence[Submission]) -> dict[int, list[Attachment]]:
    """Attachments by submission, including those removed afterwards."""
    ids = {number for one in submissions for number in one.attachments}
    if not ids:
        return {one.id: [] for one in submissions}
    rows = db.session.scalars(select(Attachment).where(Attachment.id.in_(ids)).order_by(Attachment.id)).all()
    return {
        one.id: [file for file in rows if file.application_id == one.application_id and file.id in one.attachments]
        for one in submissions
    }
