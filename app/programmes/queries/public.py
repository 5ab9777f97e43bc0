"""Programmes and calls as visitors see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, and_, exists, literal, null, select, true, union_all
from sqlalchemy.orm import lazyload, selectinload

from app.core.belgium.lists import SECTORS
from app.core.db.base import db
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index
from app.core.text import markdown
from app.programmes.models import Anchor, Call, CallChange, CallStep, Criterion, EligibilityQuestion, Idea, Programme
from app.programmes.rules.calls import TAKES_APPLICATIONS, CallState, call_state, current_call, days_left
from app.questionnaires import queries as questionnaires
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.rules.definition import Definition


@dataclass(frozen=True)
class CallRow:
    """The current call of a programme, at the moment `at`."""

    at: datetime
    id: int
    title: Bilingual
    opens_at: datetime
    closes_at: datetime | None
    fee: Bilingual
    version_id: int
    version_digest: str
    key: str
    revised_at: datetime
    has_check: bool
    has_changed: bool
    closed_early_from: datetime | None

    @cached_property
    def state(self) -> CallState:
        """The state of the call."""
        return call_state(self.opens_at, self.closes_at, self.at)

    @property
    def takes_applications(self) -> bool:
        """True when somebody can start now."""
        return self.state in TAKES_APPLICATIONS

    @property
    def days_left(self) -> int:
        """Days until the deadline; 0 is today."""
        return days_left(self.closes_at, self.at) if self.closes_at else 0


@dataclass(frozen=True)
class ProgrammeRow:
    """A programme with its current call, if any."""

    call: CallRow | None
    id: int
    slug: Bilingual
    title: Bilingual
    tagline: Bilingual
    question: Bilingual
    lead: Bilingual
    body: Bilingual
    duration: Bilingual
    commitment: Bilingual
    places: Bilingual
    price: Bilingual
    languages: Bilingual
    selection: Bilingual
    to_send: Bilingual
    is_example: bool
    example_note: Bilingual
    serves: str
    key: str
    stage: Bilingual


@dataclass(frozen=True)
class StepRow:
    """One dated step."""

    on: date
    title: Bilingual
    text: Bilingual
    reaches: str = ""


@dataclass(frozen=True)
class CriterionRow:
    """A criterion with its weight and the description of each score."""

    title: Bilingual
    weight: int
    anchors: list[tuple[int, Bilingual]]


PROGRAMME: list[Any] = [
    Programme.id,
    Programme.slug,
    Programme.title,
    Programme.tagline,
    Programme.question,
    Programme.lead,
    Programme.body,
    Programme.duration,
    Programme.commitment,
    Programme.places,
    Programme.price,
    Programme.languages,
    Programme.selection,
    Programme.to_send,
    Programme.is_example,
    Programme.example_note,
    Programme.serves,
    Programme.key,
    Programme.stage,
]
CALL: list[Any] = [
    Call.id,
    Call.title,
    Call.opens_at,
    Call.closes_at,
    Call.fee,
    QuestionnaireVersion.id,
    QuestionnaireVersion.digest,
    Call.key,
    Call.revised_at,
    exists(select(EligibilityQuestion.id).where(EligibilityQuestion.call_id == Call.id)),
    exists(select(CallChange.id).where(CallChange.call_id == Call.id)),
    Call.closed_early_from,
]


def programmes(at: datetime) -> list[ProgrammeRow]:
    """Every programme in order with its current call, in one statement."""
    return _with_calls(_programmes_and_calls(), at)


def programme(slug: str, language: str, at: datetime) -> ProgrammeRow | None:
    """The programme at this slug in this language."""
    column = getattr(Programme, f"slug_{language}")
    found = _with_calls(_programmes_and_calls().where(column == slug), at)
    return found[0] if found else None


def previewed(call_key: str, at: datetime) -> ProgrammeRow | None:
    """A programme with this call, public or not, as it would look now."""
    found = _with_calls(_programmes_and_calls(drafts=True).where(Call.key == call_key), at)
    return found[0] if found else None


def for_the_agenda() -> Select[Any]:
    """The public programmes, with what the agenda shows of them."""
    columns = (Programme.id, Programme.key, *_sides(Programme.title, "title"), Programme.position)
    return select(*columns).where(Programme.published_at.is_not(None))


def search_documents() -> list[search_index.SearchDocument]:
    """Every programme and example of an idea as documents of the search index.

    A programme has the criteria and the questions of its newest call with it.
    """
    shown = db.session.scalars(
        select(Programme).where(Programme.published_at.is_not(None)).options(selectinload(Programme.calls))
    )
    return [
        *(search_index.SearchDocument("programme", one.id, one.slug, one.title, _words(one)) for one in shown),
        *(
            search_index.SearchDocument("idea", one.id, Bilingual.of(one.key), one.title, _words_of_idea(one))
            for one in ideas()
        ),
    ]


def ideas() -> list[Idea]:
    """The examples of ideas, in their order."""
    return list(db.session.scalars(select(Idea).order_by(Idea.position)))


def _words_of_idea(one: Idea) -> Bilingual:
    return markdown.joined(one.text, *(SECTORS[code].name for code in [one.sector] if code in SECTORS))


def _words(one: Programme) -> Bilingual:
    texts = [one.tagline, one.question, one.lead, one.body, one.stage, one.selection, one.to_send]
    texts += [one.duration, one.commitment, one.price, one.languages, one.places]
    call = next((call for call in one.calls if call.published_at), None)
    if call is not None:
        form = questionnaires.definition_of(questionnaires.version(call.questionnaire_version_id))
        texts += [criterion.title for criterion in call.criteria]
        texts += [text for question in form.questions for text in (question.label, question.help) if text]
    return markdown.joined(*texts)


def timeline_and_rubric(call_id: int) -> tuple[list[StepRow], list[CriterionRow]]:
    """Steps and criteria of a call, in one statement, since most pages need both."""
    steps = select(
        CallStep.id.label("id"),
        literal(0).label("weight"),
        CallStep.on.label("on"),
        CallStep.position.label("position"),
        CallStep.reaches.label("reaches"),
        null().label("score"),
        *_sides(CallStep.title, "title"),
        *_sides(CallStep.text, "text"),
    ).where(CallStep.call_id == call_id)
    criteria = (
        select(
            Criterion.id,
            Criterion.weight,
            null(),
            Criterion.position,
            literal(""),
            Anchor.score,
            *_sides(Criterion.title, "title"),
            *_sides(Anchor.text, "text"),
        )
        .outerjoin(Anchor, Anchor.criterion_id == Criterion.id)
        .where(Criterion.call_id == call_id)
    )
    rows = db.session.execute(union_all(steps, criteria).order_by("on", "position", "id", "score")).all()
    lines = [StepRow(row.on, _title(row), _text(row), row.reaches) for row in rows if row.on]
    return lines, _rubric(row for row in rows if not row.on)


def changes_of(call_id: int) -> list[CallChange]:
    """Changes of a public call with their reasons, latest first."""
    wanted = select(CallChange).where(CallChange.call_id == call_id).options(lazyload(CallChange.call))
    return list(db.session.scalars(wanted.order_by(CallChange.at.desc(), CallChange.id.desc())))


def eligibility(call_id: int) -> list[EligibilityQuestion]:
    """The questions of the eligibility check, in order."""
    wanted = select(EligibilityQuestion).where(EligibilityQuestion.call_id == call_id)
    return list(db.session.scalars(wanted.order_by(EligibilityQuestion.position, EligibilityQuestion.id)))


_forms: dict[str, Definition] = {}


def form_of(call: CallRow) -> Definition:
    """The form of a call; cached per process, because a published version never changes."""
    if call.version_digest not in _forms:
        wanted = select(QuestionnaireVersion.definition).where(QuestionnaireVersion.id == call.version_id)
        _forms[call.version_digest] = Definition.read(db.session.scalars(wanted).one())
    return _forms[call.version_digest]


def _programmes_and_calls(*, drafts: bool = False) -> Select[Any]:
    """Each public programme with each of its public calls; `drafts`: unpublished ones too."""
    here = Call.programme_id == Programme.id
    return (
        select(*PROGRAMME, *CALL)
        .outerjoin(Call, here if drafts else and_(here, Call.published_at.is_not(None)))
        .outerjoin(QuestionnaireVersion, QuestionnaireVersion.id == Call.questionnaire_version_id)
        .where(true() if drafts else Programme.published_at.is_not(None))
        .order_by(Programme.position, Programme.id, Call.opens_at, Call.id)
    )


def _with_calls(wanted: Select[Any], at: datetime) -> list[ProgrammeRow]:
    """Choose the current call in Python, where the rule is: a programme has a handful of calls."""
    split = len(PROGRAMME)
    found = []
    for _id, rows in groupby(db.session.execute(wanted).all(), key=lambda row: row[0]):
        beside = list(rows)
        calls = [CallRow(at, *row[split:]) for row in beside if row[split] is not None]
        found.append(ProgrammeRow(current_call(calls, at), *beside[0][:split]))
    return found


def _rubric(rows: Iterable[Row[Any]]) -> list[CriterionRow]:
    """Criteria with the descriptions of their scores, by position and score."""
    found = []
    for _id, group in groupby(rows, key=lambda row: row.id):
        anchors = list(group)
        texts = [(row.score, _text(row)) for row in anchors if row.score is not None]
        found.append(CriterionRow(_title(anchors[0]), anchors[0].weight, texts))
    return found


def _sides(text: Any, name: str) -> list[Any]:
    """The two columns of a bilingual text: a UNION cannot take the composite."""
    return [column.label(f"{name}_{locale}") for column, locale in zip(text.property.columns, LOCALES, strict=True)]


def _title(row: Row[Any]) -> Bilingual:
    return Bilingual(row.title_nl, row.title_fr)


def _text(row: Row[Any]) -> Bilingual:
    return Bilingual(row.text_nl or "", row.text_fr or "")
