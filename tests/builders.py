"""Rows for tests: plain functions with sensible values; a test names only what matters to its sentence.

They flush and do not commit: the page client commits before it asks for a page.
"""

import itertools
import tomllib
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.accounts import actions as accounts
from app.accounts.models import Person
from app.accounts.rules import hashed, new_token
from app.applications.actions import handing_in, writing
from app.applications.models import Application
from app.applications.rules.states import State
from app.casework import actions as casework
from app.content.models import Article, FundingRound, Page, Partner
from app.core import clock
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.core.search import search_index
from app.enterprises import queries as enterprises
from app.enterprises.models import Enterprise
from app.events import queries as events
from app.events.models import Event, Registration, RegistrationLink
from app.impact.models import Indicator, IndicatorValue
from app.programmes.models import Anchor, Call, CallStep, Criterion, Programme
from app.questionnaires import actions as questionnaires
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.rules.definition import Definition
from config import ROOT
from tests.answers import good_answers
from tests.every_kind import EVERY_KIND

_numbers = itertools.count(1)


def both(nl: str, fr: str | None = None) -> Bilingual:
    """A text in both languages; one text alone is the same in both."""
    return Bilingual(nl, nl if fr is None else fr)


def a_person(name: str = "Zoë Janssens", *, email: str = "", language: str = "nl") -> Person:
    """Somebody whom no test knows by name."""
    email = email or f"person-{next(_numbers)}@example.be"
    return accounts.get_or_create_person(email, name=name, language=language, at=clock.now())


def a_programme(key: str = "seeds", **values: Any) -> Programme:
    """The programme of this key, made when it is not there yet."""
    found = db.session.scalar(select(Programme).where(Programme.key == key))
    if found is not None:
        return found
    number = next(_numbers)
    texts = {
        "slug": both(f"{key}-nl", f"{key}-fr"),
        "title": both(key.capitalize()),
        "tagline": both("Van idee tot onderneming", "De l’idée à l’entreprise"),
        "question": both("Heb je een ploeg?", "Avez-vous une équipe\u202f?"),
        "lead": both("Een halfjaar begeleiding.", "Six mois d’accompagnement."),
        "body": both("Je werkt samen.", "Vous travaillez ensemble."),
        "stage": both("ideefase", "phase d’idéation"),
        "duration": both("zes maanden", "six mois"),
        "commitment": both("twee dagen per maand", "deux jours par mois"),
        "places": both("twaalf ploegen", "douze équipes"),
        "price": both("€\u00a0150", "150\u00a0€"),
        "languages": both("Nederlands en Frans", "français et néerlandais"),
        "selection": both("Een jury kiest.", "Un jury choisit."),
        "to_send": both("Een formulier.", "Un formulaire."),
        "example_note": both(""),
    }
    values.setdefault("published_at", clock.now())
    others = f"{chr(65 + number // 26 % 18)}{chr(65 + number % 26)}"  # A to R: never the SE of seeds
    code = "SE" if key == "seeds" else others
    return added(Programme(key=key, **{"code": code, "position": number, "is_example": False, **texts, **values}))


def a_version(definition: dict[str, Any] | None = None) -> QuestionnaireVersion:
    """A published form: a short one with a question of every kind, or this one."""
    chosen = EVERY_KIND if definition is None else definition
    title = Bilingual.of(chosen["title"])
    return questionnaires.publish(chosen["key"], title=title, definition=chosen, by="system", at=clock.now())


def the_form() -> dict[str, Any]:
    """The application form that people fill in."""
    return tomllib.loads((ROOT / "content" / "questionnaires" / "application.toml").read_text(encoding="utf-8"))


def a_call(
    programme: Programme | None = None,
    *,
    open: bool = True,  # noqa: A002 - the word that everybody uses for a call
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    rolling: bool = False,
    version: QuestionnaireVersion | None = None,
    **values: Any,
) -> Call:
    """A call: open since ten days and for twenty more, or closed a day ago; or with these dates."""
    at, number = clock.now(), next(_numbers)
    ends = closes_at or (at + timedelta(days=20) if open else at - timedelta(days=1))
    return added(
        Call(
            key=values.pop("key", f"call-{number}"),
            programme=programme or a_programme(),
            title=values.pop("title", both(f"Oproep {number}", f"Appel {number}")),
            opens_at=opens_at or at - timedelta(days=10),
            closes_at=None if rolling else ends,
            places=values.pop("places", 12),
            grace_minutes=values.pop("grace_minutes", 15),
            fee=values.pop("fee", both("€\u00a0150", "150\u00a0€")),
            questionnaire_version_id=(version or a_version()).id,
            published_at=values.pop("published_at", at),
            **values,
        )
    )


def a_step(call: Call, *, on: date | None = None, position: int = 1, reaches: str = "") -> CallStep:
    """One line of a call's timeline."""
    day = on or clock.day_of(clock.now()) + timedelta(days=30 * position)
    title, text = both("Gesprekken", "Entretiens"), both("We ontmoeten je.", "Nous vous rencontrons.")
    return added(CallStep(call_id=call.id, on=day, position=position, reaches=reaches, title=title, text=text))


def a_criterion(call: Call, code: str = "C1", *, weight: int = 20) -> Criterion:
    """What a call is judged by, with two anchors."""
    anchors = [Anchor(score=1, text=both("zwak", "faible")), Anchor(score=5, text=both("sterk", "solide"))]
    title = both("Maatschappelijk doel", "Finalité sociale")
    return added(Criterion(call_id=call.id, position=1, code=code, weight=weight, title=title, anchors=anchors))


def an_enterprise(name: str = "Casa Légale", **values: Any) -> Enterprise:
    """A house in the street."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "slug": f"enterprise-{number}",
        "position": number,
        "pitch": both("Recht voor iedereen.", "Le droit pour tout le monde."),
        "story": both("Het begon in een keuken.", "Tout a commencé dans une cuisine."),
        "legal_form": "cv",
        "sector": "food",
        "municipality": "21013",
        "place": both("Sint-Gillis", "Saint-Gilles"),
        "founded": 2019,
        "founded_note": both(""),
        "website": "https://example.be/",
        "source_name": both("De krant", "Le journal"),
        "source_url": "https://example.be/krant",
    }
    made = added(Enterprise(name=name, **(given | values)))
    search_index.put(enterprises.search_documents([made]))
    return made


def an_event(title: Bilingual | None = None, *, in_days: float = 7, **values: Any) -> Event:
    """An evening in a week, two hours long."""
    number, starts_at = next(_numbers), clock.now() + timedelta(days=in_days)
    given: dict[str, Any] = {
        "key": f"event-{number}",
        "slug": both(f"avond-{number}", f"soiree-{number}"),
        "lead": both("Kom kennismaken.", "Venez faire connaissance."),
        "body": both("We vertellen alles.", "Nous racontons tout."),
        "place": both("Coenraetsstraat 72, 1060 Sint-Gillis", "rue Coenraets 72, 1060 Saint-Gilles"),
        "language": "both",
        "places": 30,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=2),
    }
    made = added(Event(title=title or both(f"Infosessie {number}", f"Séance d’info {number}"), **(given | values)))
    search_index.put(events.search_documents([made]))
    return made


def an_indicator(key: str = "", *, value: int = 12, **values: Any) -> Indicator:
    """Something that is counted, with one value for 2016–2020."""
    number = next(_numbers)
    key = key or f"indicator-{number}"
    counted = IndicatorValue(
        from_year=2016,
        to_year=2020,
        value=value,
        as_of=date(2021, 2, 24),
        source_name=both("Persbericht", "Communiqué"),
        source_url="https://example.be/bron",
    )
    given: dict[str, Any] = {
        "position": number,
        "slug": both(f"{key}-nl", f"{key}-fr"),
        "name": both("Begeleide projecten", "Projets accompagnés"),
        "unit": both("projecten", "projets"),
        "definition": both("Wie begeleid werd.", "Qui a été accompagné."),
        "how_counted": both("Eén keer per project.", "Une fois par projet."),
        "values": [counted],
    }
    return added(Indicator(key=key, **(given | values)))


def a_page(key: str = "about", **values: Any) -> Page:
    """A page that editors write."""
    given: dict[str, Any] = {
        "title": both("Over ons", "À propos"),
        "lead": both("Wie we zijn.", "Qui nous sommes."),
        "body": both("## Sinds 2016\n\nWe begeleiden.", "## Depuis 2016\n\nNous accompagnons."),
        "updated_at": clock.now(),
    }
    return added(Page(key=key, **(given | values)))


def an_article(**values: Any) -> Article:
    """A piece of news of last month."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "key": f"article-{number}",
        "slug": both(f"nieuws-{number}", f"actualite-{number}"),
        "title": both(f"Goed nieuws {number}", f"Bonne nouvelle {number}"),
        "lead": both("Er is nieuws.", "Il y a du neuf."),
        "body": both("Lees verder.", "Lisez la suite."),
        "quote": both(""),
        "quote_by": both(""),
        "quote_note": both(""),
        "source_name": both("Persbericht", "Communiqué"),
        "source_url": "https://example.be/nieuws",
        "published_on": clock.day_of(clock.now()) - timedelta(days=30),
    }
    return added(Article(**(given | values)))


def a_partner(name: str = "Febecoop", **values: Any) -> Partner:
    """A founding partner."""
    number = next(_numbers)
    given: dict[str, Any] = {"role": both("Raad", "Conseil"), "detail": both("Sinds 2016.", "Depuis 2016.")}
    return added(Partner(key=f"partner-{number}", position=number, name=name, **(given | values)))


def a_funding_round(**values: Any) -> FundingRound:
    """Who paid, 2016–2021."""
    given: dict[str, Any] = {"from_year": 2016, "to_year": 2021, "source": both("EFRO", "FEDER"), "detail": both("")}
    return added(FundingRound(**(given | values)))


def an_application(
    *,
    submitted: bool = False,
    state: State | None = None,
    call: Call | None = None,
    person: Person | None = None,
    language: str = "",
    answers: dict[str, Any] | None = None,
) -> Application:
    """A file, by the deeds that people do: a complete draft, or handed in, or moved on to this state.

    `answers` replaces single answers, by question; `{}` alone keeps the good ones, see tests/answers.py. In a call that
    is closed all of it happens in its last hour.
    """
    by, chosen = person or a_person(), call or a_call()
    at, closes_at = clock.now(), chosen.closes_at
    if closes_at is not None and closes_at <= at:
        at = closes_at - timedelta(hours=1)
    language = language or by.language
    _token, sign_in = accounts.start_session(by, confirmed=True, at=at)
    application = writing.start(chosen.id, by=by, sign_in=sign_in, language=language, at=at)
    definition = Definition.read(application.version.definition)
    for section in definition.sections:
        typed = good_answers(section, language=language, person=by, given=answers or {})
        writing.save_section(application, section.key, typed, revision=0, by=by, at=at)
    if submitted or state not in (None, State.DRAFT):
        ticked = {
            declaration.key: declaration.version for declaration in definition.declarations if declaration.required
        }
        handing_in.submit(application, ticked, by=by, url="http://127.0.0.1/status", at=at)
    for step in _way_to(state):
        casework.move(application, step, message="", until=None, by=by, url="http://127.0.0.1/status", at=at)
    return application


def _way_to(state: State | None) -> list[State]:
    """The steps from handed in to this state; decisions and withdrawals are deeds of their own."""
    if state in (None, State.DRAFT, State.SUBMITTED):
        return []
    through = {
        State.INCOMPLETE: [],
        State.INELIGIBLE: [],
        State.ELIGIBLE: [],
        State.IN_REVIEW: [State.ELIGIBLE],
        State.INTERVIEW: [State.ELIGIBLE],
        State.JURY: [State.ELIGIBLE],
    }
    assert state in through, f"an application does not come to {state} by moving: use the deed"
    return [*through[state], state]


def added(row: Any) -> Any:
    """The row, flushed."""
    db.session.add(row)
    db.session.flush()
    return row


def a_registration_key(registration: Registration) -> str:
    """What opens its page, as in a mail."""
    token = new_token()
    db.session.add(RegistrationLink(token_hash=hashed(token), registration_id=registration.id))
    db.session.commit()
    return token
