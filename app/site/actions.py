"""Load the starting content from data files into an empty database."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.content import queries as content
from app.content.models import Article, FundingRound, Page, Partner
from app.core import clock
from app.core.belgium.holidays import working_day_from
from app.core.db.base import db
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.search import search_index, spelling, synonyms
from app.enterprises import queries as enterprises
from app.enterprises.models import Enterprise
from app.events import queries as events
from app.events.models import Event
from app.impact import queries as impact
from app.impact.models import Indicator, IndicatorValue
from app.programmes.models import Anchor, Call, CallStep, Criterion, EligibilityQuestion, Idea, Programme
from app.programmes.queries import public
from app.questionnaires import actions as questionnaires

Table = dict[str, Any]
OPENING_HOUR, CLOSING_HOUR = 9, 12


def load_into_empty(folder: Path, *, at: datetime) -> bool:
    """Load every file of `folder` when the database has no page yet; return whether it did.

    Dates of calls and events are relative to `at`, so that a first run shows an open, a scheduled, a closed and a
    rolling call.
    """
    if db.session.scalar(select(Page.id).limit(1)) is not None:
        return False
    _load_pages(folder, at)
    version_ids = {place.stem: _publish(place, at).id for place in sorted((folder / "questionnaires").glob("*.toml"))}
    by_key = _load_programmes(folder, at)
    _load_calls(folder, by_key, version_ids, at)
    _load_enterprises(folder, by_key)
    _load_events(folder, by_key, at)
    _load_indicators(folder)
    add_what_is_new(folder)
    db.session.flush()
    fill_index()
    return True


def add_what_is_new(folder: Path) -> None:
    """Give a database that is older than examples of ideas and synonyms those of the starting content."""
    if not public.ideas():
        for position, row in enumerate(_read(folder / "ideas.toml")["idea"], 1):
            db.session.add(
                Idea(key=row["key"], position=position, sector=row["sector"], **_texts(row, "title", "text"))
            )
    if not synonyms.are_there():
        _load_synonyms(folder)


def _load_synonyms(folder: Path) -> None:
    for row in _read(folder / "synonyms.toml")["synonym"]:
        for language in LOCALES:
            if language in row:
                synonyms.add(language, row[language]["typed"], row[language]["means"])


def add_missing_pages(folder: Path, *, at: datetime) -> None:
    """Add pages that an older database lacks; edited texts stay."""
    known = content.pages()
    added = [_page(row, at) for row in _read(folder / "pages.toml")["page"] if row["key"] not in known]
    db.session.add_all(added)
    db.session.flush()
    search_index.put(content.search_documents(added))


def fill_index() -> None:
    """Rebuild the public search index."""
    search_index.forget_all()
    for room in (public, enterprises, events, content, impact):
        search_index.put(room.search_documents())


def fill_empty_index() -> None:
    """Build the search index of a database from before there was one, or from before it knew words."""
    if not search_index.how_many() or not spelling.knows_words():
        fill_index()


def _read(place: Path) -> Table:
    return tomllib.loads(place.read_text(encoding="utf-8"))


def _text(row: Table, name: str) -> Bilingual:
    return Bilingual.of(row.get(name) or "")


def _texts(row: Table, *names: str) -> dict[str, Bilingual]:
    return {name: _text(row, name) for name in names}


def _publish(place: Path, at: datetime) -> Any:
    definition = _read(place)
    return questionnaires.publish(
        definition["key"], title=_text(definition, "title"), definition=definition, by="system", at=at
    )


def _load_pages(folder: Path, at: datetime) -> None:
    db.session.add_all(_page(row, at) for row in _read(folder / "pages.toml")["page"])
    for row in _read(folder / "news.toml")["article"]:
        names = ("slug", "title", "lead", "body", "quote", "quote_by", "quote_note", "source_name")
        db.session.add(
            Article(
                key=row["key"],
                source_url=row.get("source_url", ""),
                published_on=row["published_on"],
                revised_at=clock.brussels(row["published_on"], OPENING_HOUR),
                **_texts(row, *names),
            )
        )
    together = _read(folder / "partners.toml")
    for position, row in enumerate(together["partner"], 1):
        db.session.add(
            Partner(
                key=row["key"],
                position=position,
                name=_name(row["name"]),
                website=row.get("website", ""),
                **_texts(row, "role", "detail"),
            )
        )
    for row in together["funding"]:
        db.session.add(FundingRound(from_year=row["from"], to_year=row["to"], **_texts(row, "source", "detail")))


def _page(row: Table, at: datetime) -> Page:
    return Page(key=row["key"], updated_at=at, **_texts(row, "title", "lead", "body"))


def _name(given: Any) -> str:
    """A proper name is the same in both languages, however the file spells it."""
    return Bilingual.of(given).nl


def _load_programmes(folder: Path, at: datetime) -> dict[str, Programme]:
    names = (
        "slug",
        "title",
        "tagline",
        "question",
        "lead",
        "body",
        "stage",
        "duration",
        "commitment",
        "price",
        "languages",
        "selection",
        "to_send",
        "example_note",
    )
    loaded = {}
    for row in _read(folder / "programmes.toml")["programme"]:
        programme = Programme(
            key=row["key"],
            code=row["code"],
            position=row["position"],
            is_example=row.get("is_example", False),
            serves=" ".join(row.get("serves", [])),
            places=_text(row, "places_text"),
            published_at=at,
            **_texts(row, *names),
        )
        db.session.add(programme)
        loaded[programme.key] = programme
    db.session.flush()
    return loaded


def _load_calls(folder: Path, by_key: dict[str, Programme], version_ids: dict[str, int], at: datetime) -> None:
    criteria = _read(folder / "criteria.toml")["criterion"]
    check = _read(folder / "eligibility.toml")["question"]
    first_day = clock.day_of(at)
    for row in _read(folder / "calls.toml")["call"]:
        opens_on = working_day_from(first_day + timedelta(days=row["opens_in_days"]))
        closes_on = None if row.get("rolling") else working_day_from(first_day + timedelta(days=row["closes_in_days"]))
        if row["opens_in_days"] <= 0:
            opens_on = min(opens_on, first_day - timedelta(days=1))
        call = Call(
            key=row["key"],
            programme_id=by_key[row["programme"]].id,
            title=_with_year(_text(row, "title"), closes_on or opens_on),
            opens_at=clock.brussels(opens_on, OPENING_HOUR),
            closes_at=clock.brussels(closes_on, CLOSING_HOUR) if closes_on else None,
            grace_minutes=row.get("grace_minutes", 15),
            places=row["places"],
            fee=_text(row, "fee"),
            published_at=at,
            questionnaire_version_id=version_ids[row["questionnaire"]],
            steps=[_step(step, position, first_day) for position, step in enumerate(row.get("step", []), 1)],
            criteria=[
                _criterion(entry, position) for position, entry in enumerate([] if row.get("rolling") else criteria, 1)
            ],
            eligibility=[
                _eligibility(entry, position)
                for position, entry in enumerate([one for one in check if _is_asked(one, row["programme"])], 1)
            ],
        )
        db.session.add(call)


def _with_year(title: Bilingual, day: date) -> Bilingual:
    return Bilingual.of({locale: title[locale].replace("{year}", str(day.year)) for locale in LOCALES})


def _step(row: Table, position: int, first_day: date) -> CallStep:
    on = working_day_from(first_day + timedelta(days=row["in_days"]))
    return CallStep(position=position, on=on, reaches=row.get("reaches", ""), **_texts(row, "title", "text"))


def _is_asked(row: Table, programme: str) -> bool:
    """True when this question of the check is for calls of this programme."""
    return programme in row.get("only", [programme]) and programme not in row.get("not_for", [])


def _eligibility(row: Table, position: int) -> EligibilityQuestion:
    return EligibilityQuestion(position=position, kind=row["kind"], **_texts(row, "name", "text", "hint", "advice"))


def _criterion(row: Table, position: int) -> Criterion:
    return Criterion(
        position=position,
        code=row["code"],
        weight=row["weight"],
        **{name: row[name] for name in ("lowest", "highest", "reason_under") if name in row},
        title=_text(row, "title"),
        anchors=[Anchor(score=anchor["score"], text=_text(anchor, "text")) for anchor in row.get("anchor", [])],
    )


def _load_enterprises(folder: Path, by_key: dict[str, Programme]) -> None:
    for position, row in enumerate(_read(folder / "enterprises.toml")["enterprise"], 1):
        programme = by_key.get(row.get("programme", ""))
        db.session.add(
            Enterprise(
                slug=row["key"],
                name=_name(row["name"]),
                position=position,
                featured=row.get("featured", False),
                legal_form=row["legal_form"],
                sector=row["sector"],
                municipality=row.get("municipality", ""),
                founded=row.get("founded") or None,
                website=row.get("website", ""),
                source_url=row.get("source_url", ""),
                programme_id=programme.id if programme else None,
                **_texts(row, "pitch", "story", "place", "founded_note", "source_name"),
            )
        )


def _load_events(folder: Path, by_key: dict[str, Programme], at: datetime) -> None:
    for row in _read(folder / "events.toml")["event"]:
        on = working_day_from(clock.day_of(at) + timedelta(days=row["in_days"]))
        programme = by_key.get(row.get("programme", ""))
        db.session.add(
            Event(
                key=row["key"],
                language=row["language"],
                places=row["places"],
                is_example=row.get("is_example", False),
                starts_at=clock.brussels(on, *_hour(row["starts"])),
                ends_at=clock.brussels(on, *_hour(row["ends"])),
                programme_id=programme.id if programme else None,
                **_texts(row, "slug", "title", "lead", "body", "place"),
            )
        )


def _hour(written: str) -> tuple[int, int]:
    hours, minutes = written.split(":")
    return int(hours), int(minutes)


def _load_indicators(folder: Path) -> None:
    for position, row in enumerate(_read(folder / "indicators.toml")["indicator"], 1):
        values = [
            IndicatorValue(
                from_year=value["from"],
                to_year=value["to"],
                value=value["value"],
                at_least=value.get("at_least", False),
                as_of=value["as_of"],
                source_url=value.get("source_url", ""),
                source_name=_text(value, "source_name"),
            )
            for value in row["value"]
        ]
        db.session.add(
            Indicator(
                key=row["key"],
                position=position,
                values=values,
                **_texts(row, "slug", "name", "unit", "definition", "how_counted"),
            )
        )
