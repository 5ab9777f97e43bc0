"""The published periods are carried out: for each row of the table time is played forward, on the real rows."""

import re
import runpy
import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import Text, func, select

from app.accounts import actions as accounts
from app.accounts.models import Person, SignIn, SignInLink
from app.accounts.rules import TERMS, Purpose
from app.applications.actions import handing_in
from app.applications.actions import writing as applications_writing
from app.applications.models import Application, Attachment, MonitoringCount, SectionSave, UnsavedText
from app.applications.rules.states import State
from app.consents import queries as consents
from app.consents.models import Consent
from app.contact import actions as contact
from app.contact.models import Message
from app.content.models import Page
from app.core import clock as the_clock
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import db
from app.core.files.check import Accepted
from app.core.http import limits
from app.core.i18n.bilingual import Bilingual
from app.core.text import unsent_texts
from app.core.text.periods import Period
from app.core.text.unsent_texts import UnsentText
from app.decisions.actions import announcing, deciding
from app.events import actions as events
from app.events.models import AccessNeeds, Registration
from app.events.rules import Needs
from app.mail.actions import writing as mail_writing
from app.mail.models import OutgoingMail
from app.meetings.models import Meeting
from app.privacy import jobs
from app.privacy.actions.emptying import OF_A_FILE
from app.privacy.actions.retention import PURGES, worked_rows
from app.privacy.rules import BY_KEY, RETENTION, WARNED_BEFORE
from app.programmes.models import LateCode
from app.questionnaires.queries import definition_of
from app.subscriptions.models import Subscription, SubscriptionRequest
from config import ROOT
from tests.builders import a_call, a_person, a_step, a_version, an_application, an_event, both, the_form
from tests.conftest import MOMENT, Clock
from tests.pages import PageClient
from tests.people import GRETA, known
from tests.subscriptions.scenes import a_request, a_subscription

Left = Callable[[], int]


def rows(model: Any, *where: Any) -> Left:
    return lambda: int(db.session.scalar(select(func.count()).select_from(model).where(*where)) or 0)


def full(file: Application) -> Left:
    """1 while this application still holds what was written."""
    return lambda: int(rows(SectionSave, SectionSave.application_id == file.id)() > 0)


def a_file(*boxes: str, **more: Any) -> Application:
    """An application with an attachment, handed in with these boxes."""
    at = more.pop("at")
    file = an_application(call=a_call(version=a_version(the_form()), **more))
    accepted = Accepted(f"%PDF {file.id}".encode(), "pdf")
    applications_writing.attach(file, "attachments", "bijlage.pdf", accepted, by=file.person, at=at)
    if boxes:
        asked = definition_of(file.version).declarations
        ticked = {one.key: one.version for one in asked if one.required or one.key in boxes}
        handing_in.submit(file, ticked, by=file.person, url="http://x/", at=at)
    return file


def publish(file: Application, outcome: State, at: datetime) -> Application:
    file.state = State.JURY
    file.call.closes_at = at - timedelta(hours=1)  # nothing is told while a call is open
    greta = known(GRETA)
    rank = 1 if outcome is State.RESERVE else None
    decision = deciding.record_decision(
        file, outcome, reason="Een sterk plan voor Kuregem.", rank=rank, by=greta, at=at
    )
    announcing.announce([decision], by=greta, url_of=lambda _one: "http://x/", at=at)
    return file


def drafts(at: datetime) -> tuple[Left, datetime]:
    file = a_file(at=at)
    key = file.id
    assert file.call.closes_at
    return rows(Application, Application.id == key), file.call.closes_at


def rolling_drafts(at: datetime) -> tuple[Left, datetime]:
    return rows(Application, Application.id == a_file(at=at, rolling=True).id), at


def undecided(at: datetime) -> tuple[Left, datetime]:
    return full(a_file("truthful", at=at)), at


def ended(at: datetime) -> tuple[Left, datetime]:
    file = a_file("truthful", at=at)
    handing_in.withdraw(file, by=file.person, at=at)
    return full(file), at


def kept(at: datetime) -> tuple[Left, datetime]:
    file = a_file("keep_for_next", at=at)
    handing_in.withdraw(file, by=file.person, at=at)
    return full(file), at


def reserve(at: datetime) -> tuple[Left, datetime]:
    file = a_file("truthful", at=at)
    step = a_step(file.call, on=(at + timedelta(days=90)).date())
    publish(file, State.RESERVE, at)
    return full(file), datetime.combine(step.on, at.timetz())


def taking_part(at: datetime) -> tuple[Left, datetime]:
    return full(publish(a_file("truthful", at=at), State.ACCEPTED, at)), at


def minutes(at: datetime) -> tuple[Left, datetime]:
    made = Meeting(
        key="m",
        call_id=a_call().id,
        starts_at=at,
        place=Bilingual(nl="", fr=""),
        quorum=3,
        minutes_each=10,
        notes="Een nota.",
        revised_at=at,
    )
    db.session.add(made)
    return rows(Meeting, Meeting.notes != ""), at


def registrations(at: datetime) -> tuple[Left, datetime]:
    evening = an_event(in_days=1)
    events.sign_up(evening, name="Zoë", email="zoe@example.be", language="nl", at=at)
    names, letters = (
        rows(Registration, Registration.name != ""),
        rows(OutgoingMail, OutgoingMail.to_email == "zoe@example.be"),
    )
    return lambda: max(names(), letters()), evening.ends_at


def access_needs(at: datetime) -> tuple[Left, datetime]:
    evening = an_event(in_days=1)
    events.sign_up(evening, name="Zoë", email="zoe@example.be", language="nl", at=at, needs=Needs(("wheelchair",)))
    return rows(AccessNeeds), evening.ends_at


def messages(at: datetime) -> tuple[Left, datetime]:
    greta = known(GRETA)
    contact.handle(
        contact.receive("m" * 32, name="Zoë", email="z@example.be", language="nl", text="Dag", at=at), by=greta, at=at
    )
    letters = rows(OutgoingMail, OutgoingMail.kind == "message_received")
    assert letters() == 1
    return lambda: max(rows(Message)(), letters()), at


def newsletter(at: datetime) -> tuple[Left, datetime]:
    file = a_file("newsletter", at=at)
    file.person.email_confirmed_at = at
    return lambda: len(consents.newsletter_consents(the_clock.now())), at


def subscriptions(at: datetime) -> tuple[Left, datetime]:
    found = a_subscription()
    letters = rows(OutgoingMail, OutgoingMail.about == found.ref)
    return lambda: max(rows(Subscription)(), letters()), at


def subscription_requests(at: datetime) -> tuple[Left, datetime]:
    asked = a_request()
    letters = rows(OutgoingMail, OutgoingMail.about == asked.ref)
    assert letters() == 1
    return lambda: max(rows(SubscriptionRequest)(), letters()), at


def proofs(at: datetime) -> tuple[Left, datetime]:
    a_file("newsletter", at=at)
    for one in db.session.scalars(select(Consent)):
        one.withdrawn_at = at
    return rows(Consent), at


def letters(at: datetime) -> tuple[Left, datetime]:
    mail_writing.queue(
        "sign_in_link",
        to_name="Zoë",
        to_email="z@example.be",
        language="nl",
        key="k",
        about="person:1",
        at=at,
        url="https://x.example/",
    )
    return rows(OutgoingMail, OutgoingMail.key == "k"), at


def late_codes(at: datetime) -> tuple[Left, datetime]:
    code = LateCode(
        code_hash="X",
        ending="X",
        call_id=a_call().id,
        email="z@example.be",
        name="Zoë",
        language="nl",
        reason="ziek",
        until=at,
        made_at=at,
    )
    db.session.add(code)
    return rows(LateCode), at


def unsaved_texts(at: datetime) -> tuple[Left, datetime]:
    applications_writing.keep_unsaved(an_application(), "words", {"need": "Zoë"}, digest="d", revision=1, at=at)
    return rows(UnsavedText), at


def unsent(at: datetime) -> tuple[Left, datetime]:
    unsent_texts.keep_unsent(a_person().id, "casework_staff.application?key=x", {}, at=at)
    return rows(UnsentText), at


def sign_in_links(at: datetime) -> tuple[Left, datetime]:
    accounts.make_link(a_person(), next_path="", at=at - TERMS[Purpose.SIGN_IN].lasts)
    return rows(SignInLink), at


def sign_ins(at: datetime) -> tuple[Left, datetime]:
    _token, opened = accounts.start_session(a_person(), confirmed=True, at=at)
    accounts.end_session(opened, at=at)
    return rows(SignIn), at


def looks(at: datetime) -> tuple[Left, datetime]:
    db.session.add(AccessLogEntry(about="application:1", by="person:1", on=at.date(), at=at))
    return rows(AccessLogEntry), at


def people(at: datetime) -> tuple[Left, datetime]:
    person = a_person("Zoë Janssens")
    _token, opened = accounts.start_session(person, confirmed=True, at=at)
    accounts.end_session(opened, at=at)
    return rows(Person, Person.name == "Zoë Janssens"), at


SCENES: dict[str, Callable[[datetime], tuple[Left, datetime]]] = {
    "drafts": drafts,
    "rolling_drafts": rolling_drafts,
    "undecided": undecided,
    "ended": ended,
    "kept": kept,
    "reserve": reserve,
    "taking_part": taking_part,
    "minutes": minutes,
    "registrations": registrations,
    "access_needs": access_needs,
    "messages": messages,
    "newsletter": newsletter,
    "subscriptions": subscriptions,
    "subscription_requests": subscription_requests,
    "consents": proofs,
    "letters": letters,
    "late_codes": late_codes,
    "unsaved_texts": unsaved_texts,
    "unsent_texts": unsent,
    "sign_in_links": sign_in_links,
    "sign_ins": sign_ins,
    "looks": looks,
    "accounts": people,
}


@pytest.mark.parametrize("key", SCENES)
def test_a_row_is_carried_out_when_its_period_is_over_and_not_before(app: Flask, clock: Clock, key: str) -> None:
    left, start = SCENES[key](clock())
    db.session.commit()
    period = BY_KEY[key].period
    assert period is not None
    assert left() == 1
    clock.set(period.after(start) - WARNED_BEFORE)
    jobs.warn()

    clock.set(period.after(start) - timedelta(days=1))
    jobs.purge_all()
    db.session.expire_all()
    assert left() == 1, "it went too early"
    clock.set(period.after(start) + timedelta(days=1))
    jobs.purge_all()
    db.session.expire_all()

    assert left() == 0, "it is still there"
    assert jobs.purge_all() == 0


def test_what_remains_of_an_application_is_what_is_counted(app: Flask, clock: Clock) -> None:
    file = a_file("truthful", at=clock())
    publish(file, State.DECLINED, clock())
    db.session.add(MonitoringCount(call_id=file.call_id, question="gender", answer="x", count=7))
    db.session.commit()
    key, reference = file.id, file.reference

    clock.forward(days=190)
    jobs.purge_all()
    db.session.expire_all()

    file = db.session.get_one(Application, key)
    assert (file.title, file.declarations, file.state, file.reference) == ("", {}, State.DECLINED, reference)
    assert file.submitted_at is not None
    assert rows(Attachment)() == 0
    assert rows(MonitoringCount)() == 1


def test_every_row_with_a_period_is_carried_out_and_played(app: Flask) -> None:
    follows = {"kept", "newsletter"}  # read at every use: the end of the consent itself
    timed = {one.key for one in RETENTION if one.period is not None}

    assert timed == {*worked_rows(), *follows}
    assert set(PURGES) <= timed
    assert {*SCENES, "limits"} == timed
    assert len(BY_KEY) == len(RETENTION)


def test_counts_of_addresses_go_when_their_window_is_over(app: Flask) -> None:
    store = limits.limiter.storage
    store.incr("old", -1)
    store.incr("new", 3600)

    assert limits.forget_expired() == 1
    assert store.get("new") == 1
    longest = BY_KEY["limits"].period
    assert longest == Period(24, "hours")


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_public_page_shows_every_row_and_no_other_period(content: None, client: PageClient, lang: str) -> None:
    page = client.get("content_public.privacy", lang=lang)

    shown = [[cell.get_text(" ", strip=True) for cell in row] for row in page.soup.select("tr[id^=retention-] > *")]
    assert len(page.soup.select("tr[id^=retention-]")) == len(RETENTION)
    assert all(shown)
    pages = tomllib.loads((ROOT / "content" / "pages.toml").read_text(encoding="utf-8"))["page"]
    body = next(one for one in pages if one["key"] == "privacy")["body"][lang]
    assert re.findall(r"\d+\s(?:maand|dag|jaar|mois|jour|an)\w*", body) == []


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_my_data_quotes_the_table(content: None, bruno: Any, lang: str) -> None:
    public = {
        str(row["id"]).removeprefix("retention-"): row.select("td")[0].get_text(" ", strip=True)
        for row in bruno.get("content_public.privacy", lang=lang).soup.select("tr[id^=retention-]")
    }

    page = bruno.get("privacy_person.my_data", lang=lang)

    mine = [row.select("td")[1].get_text(" ", strip=True) for row in page.soup.select("#more ~ div tbody tr")]
    assert len(mine) == 9
    assert set(mine) <= set(public.values())


def test_the_form_asks_for_the_consents_that_the_table_promises() -> None:
    months = {one["key"]: one.get("months") for one in the_form()["declaration"] if one["consent"]}

    assert [Period(months["keep_for_next"]), Period(months["newsletter"])] == [
        BY_KEY["kept"].period,
        BY_KEY["newsletter"].period,
    ]


@pytest.mark.parametrize(("day", "months"), [("2026-08-31", 6), ("2028-02-29", 12), ("2027-01-15", 24)])
def test_a_period_of_months_is_over_on_the_day_that_it_names(day: str, months: int) -> None:
    start, period = datetime.fromisoformat(f"{day}T10:00:00+00:00"), Period(months)
    end = period.after(start)

    assert period.before(end) >= start
    assert period.before(end - timedelta(days=1)) < start


@pytest.mark.parametrize("edited", [False, True], ids=["shipped", "edited"])
def test_the_migration_takes_the_shipped_list_out_of_the_privacy_page(migrated: Flask, edited: bool) -> None:
    shipped = runpy.run_path(str(ROOT / "migrations" / "versions" / "0008_privacy_periods.py"))["SHIPPED"]
    texts = {lang: f"Voor.\n\n{words.upper() if edited else words}Na." for lang, words in shipped.items()}
    db.session.add(Page(key="privacy", title=both("P"), lead=both("P"), body=both(**texts), updated_at=MOMENT))
    db.session.commit()

    flask_migrate.downgrade(directory=str(ROOT / "migrations"), revision="0007")
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))

    db.session.expire_all()
    body = db.session.scalars(select(Page)).one().body
    assert {lang: body[lang] for lang in shipped} == (texts if edited else dict.fromkeys(shipped, "Voor.\n\nNa."))


# Tables that point at an application and stay when it is emptied: their texts that are codes and not words of people.
STAYING = {
    "move": {"from_state", "to_state"},
    "decision": {"outcome"},
    "interview": set(),
    "meeting_item": {"outcome"},
    "assignment": set(),
}
EMPTIED = {
    ("move", "message"),
    ("decision", "reason"),
    ("decision", "deviation"),
    ("interview", "notes"),
    ("meeting_item", "reason"),
}


def test_every_table_about_an_application_is_emptied_with_it(app: Flask) -> None:
    about = {
        table.name: table
        for table in db.metadata.sorted_tables
        for key in table.foreign_keys
        if key.target_fullname == "application.id"
    }
    deleted = {model.__tablename__ for model in OF_A_FILE} | {"team_entry"}  # by let_team_forget

    assert set(about) - deleted <= set(STAYING), "a new table: empty it with the application, or say why it stays"
    words = {
        (name, column.name)
        for name, codes in STAYING.items()
        if name in about
        for column in about[name].columns
        if isinstance(column.type, Text) and column.name not in codes
    }
    assert words == EMPTIED
