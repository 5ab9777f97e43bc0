"""Everybody reads their own deadline: that of the call, that of a late code, or the minutes of grace."""

import re
from datetime import datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar

from app.applications.actions import common as common_actions
from app.applications.actions import handing_in
from app.applications.actions import writing as writing_actions
from app.applications.models import Application
from app.applications.queries import revisions
from app.applications.rules.states import State
from app.applications.rules.submission_window import Deadline
from app.core.db.base import db
from app.core.i18n.formats import hour, moment
from app.core.i18n.language import speaking
from app.intake.actions import changes, deadlines
from app.privacy.queries import retention as privacy
from app.programmes.actions import late
from app.programmes.models import Call, EligibilityQuestion
from tests.builders import a_call, added, an_application, both
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import Page, PageClient
from tests.people import SignedIn

MINUTE = timedelta(minutes=1)
PAGES = ("tasks", "check")


@pytest.fixture
def call(app: Flask) -> Call:
    """An open call, with a deadline and 15 minutes of grace."""
    return a_call()


def save(application: Application, clock: Clock, text: str = "Nog beter") -> None:
    section, seen = next(iter(revisions.sections_of(application.id).items()))
    answers = seen.answers | {"project_name": text}
    writing_actions.save_section(
        application, section, answers, revision=seen.revision, by=application.person, at=clock()
    )


def said(mailbox: Mailbox, kind: str) -> list[str]:
    return [letter.text for letter in mailbox.letters if letter.kind == kind]


def plain(text: str) -> str:
    """Mails are wrapped; every kind of space counts as one."""
    return " ".join(text.split())


def test_a_deadline_is_that_of_the_call_or_a_later_one_or_grace(call: Call, clock: Clock) -> None:
    draft, late = an_application(call=call), an_application(call=call)
    closes_at = call.closes_at
    assert closes_at is not None
    late.late_until = closes_at + timedelta(days=3)

    before = [common_actions.deadline_of(one, at=clock()) for one in (draft, late)]
    clock.set(closes_at - MINUTE)
    save(draft, clock)
    in_grace = [common_actions.deadline_of(one, at=closes_at + MINUTE) for one in (draft, late)]

    assert before == [Deadline(closes_at), Deadline(closes_at + timedelta(days=3))]
    assert in_grace == [Deadline(closes_at + 15 * MINUTE, in_grace=True), Deadline(closes_at + timedelta(days=3))]
    over = common_actions.deadline_of(late, at=closes_at + timedelta(days=4))
    assert over == Deadline(closes_at + timedelta(days=3), is_over=True)
    draft.state = State.INCOMPLETE
    assert common_actions.deadline_of(draft, at=closes_at) is None


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_pages_name_the_deadline_of_a_late_code(amina: SignedIn, call: Call, clock: Clock, lang: str) -> None:
    file = an_application(call=call, person=amina.person)
    assert call.closes_at is not None
    file.late_until = call.closes_at + timedelta(days=3)
    clock.set(call.closes_at + timedelta(days=1))
    with speaking(lang):
        own, closed = moment(file.late_until), moment(call.closes_at)

    page = amina.get("applications_applicant.tasks", lang=lang, key=file.key)

    assert own in page.text
    assert closed not in page.text
    handing_in.submit(file, {}, by=file.person, url="http://127.0.0.1/", at=clock())
    for name in ("received", "status", "tasks"):
        page = amina.get(f"applications_applicant.{name}", lang=lang, key=file.key)
        assert own in page.text, name
        assert closed not in page.text, name


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_who_was_writing_reads_until_when_and_why(amina: SignedIn, call: Call, clock: Clock, lang: str) -> None:
    file = an_application(call=call, person=amina.person)
    part = next(iter(revisions.sections_of(file.id)))
    assert call.closes_at is not None
    clock.set(call.closes_at - MINUTE)
    save(file, clock)
    clock.forward(minutes=3)
    with speaking(lang):
        until = hour(call.closes_at + 15 * MINUTE)
    why = {"nl": "Je was nog aan het schrijven", "fr": "Vous étiez en train d’écrire"}[lang]

    pages = [amina.get(f"applications_applicant.{name}", lang=lang, key=file.key) for name in PAGES]
    pages.append(amina.get("applications_writer.section", lang=lang, key=file.key, part=part))

    for page in pages:
        assert why in page.text, page.path
        assert until in page.text, page.path
    saved = amina.post(
        "applications_writer.autosave", {"revision": "2"}, status=200, lang=lang, key=file.key, part=part
    )
    assert why in saved.json["saved"]
    assert until in saved.json["saved"]


@pytest.mark.parametrize(("language", "why"), [("nl", "Je was nog aan het schrijven"), ("fr", "Vous étiez en train")])
def test_the_receipt_of_a_file_handed_in_late_or_in_grace(
    call: Call, clock: Clock, mailbox: Mailbox, language: str, why: str
) -> None:
    late, writing = an_application(call=call, language=language), an_application(call=call, language=language)
    late.person.language = writing.person.language = language
    assert call.closes_at is not None
    late.late_until = call.closes_at + timedelta(days=3)
    clock.set(call.closes_at - MINUTE)
    save(writing, clock)
    clock.forward(minutes=3)

    for one in (late, writing):
        handing_in.submit(one, {}, by=one.person, url="http://127.0.0.1/", at=clock())
    db.session.commit()

    with speaking(language):
        own, grace, closed = (moment(at) for at in (late.late_until, call.closes_at + 15 * MINUTE, call.closes_at))
    of_late, of_grace = said(mailbox, "application_received")
    assert own in of_late
    assert plain(grace) in plain(of_grace)
    assert why in plain(of_grace)
    assert not re.search(rf"{closed}(?!\s\d)", of_late + of_grace)


def test_a_late_file_is_reminded_of_its_own_deadline_and_gets_its_text_back_after_it(
    call: Call, clock: Clock, mailbox: Mailbox
) -> None:
    file = an_application(call=call)
    assert call.closes_at is not None
    file.late_until = call.closes_at + timedelta(days=40)
    file.returned_at = call.closes_at + MINUTE * 20

    for at in (call.closes_at - timedelta(hours=20), file.late_until - timedelta(hours=20)):
        clock.set(at)
        deadlines.remind(at=clock())
    db.session.commit()
    clock.set(file.late_until - MINUTE)
    deadlines.return_unsent(at=clock())
    db.session.commit()
    assert said(mailbox, "application_unsent") == []
    clock.forward(minutes=30)
    deadlines.return_unsent(at=clock())
    db.session.commit()

    reminders = said(mailbox, "application_reminder")
    assert len(reminders) == 1
    assert moment(file.late_until) in reminders[0]
    assert len(said(mailbox, "application_unsent")) == 1


def test_a_new_date_of_the_call_is_told_to_those_whose_own_deadline_moves(
    call: Call, clock: Clock, mailbox: Mailbox
) -> None:
    late, writing, idle = an_application(call=call), an_application(call=call), an_application(call=call)
    assert call.closes_at is not None
    late.late_until = call.closes_at + timedelta(days=3)
    clock.forward(days=2)
    save(writing, clock)

    answered = changes.close_now(call, by=idle.person, at=clock())
    db.session.commit()

    assert answered == 2
    letters = {letter.to_email: letter.text for letter in mailbox.letters if letter.kind == "call_dates_changed"}
    assert set(letters) == {writing.person.email, idle.person.email}
    assert moment(clock() + 15 * MINUTE) in letters[writing.person.email]
    assert "je kon indienen tot" in plain(letters[idle.person.email])
    subjects = {letter.subject for letter in mailbox.letters if letter.kind == "call_dates_changed"}
    assert subjects == {"De oproep voor Seeds is gesloten"}


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_correction_that_was_not_handed_in_is_said_on_every_page(
    amina: SignedIn, call: Call, clock: Clock, lang: str
) -> None:
    file = an_application(call=call, person=amina.person, submitted=True)
    part = next(iter(revisions.sections_of(file.id)))
    sent = {"nl": "Ingediend", "fr": "Introduite"}[lang]
    assert sent in amina.get("applications_applicant.tasks", lang=lang, key=file.key).text
    clock.forward(hours=1)
    save(file, clock)
    words = {"nl": "Je hebt iets gewijzigd nadat je", "fr": "Vous avez modifié quelque chose depuis"}[lang]

    for name in (
        "applicant.tasks",
        "applicant.check",
        "applicant.status",
        "applicant.received",
        "applicant.printable",
        "applicant.withdraw",
        "together.team",
    ):
        page = amina.get(f"applications_{name}", lang=lang, key=file.key)
        assert page.text.count(words) == 1, name
    for name in ("section", "revisions"):
        page = amina.get(f"applications_writer.{name}", lang=lang, key=file.key, part=part)
        assert page.text.count(words) == 1, name
    assert call.closes_at is not None
    clock.set(call.closes_at + timedelta(hours=1))
    after_all = {"nl": "is niet ingediend. Je ingediende versie telt", "fr": "n’a pas été introduit."}[lang]
    for name in ("tasks", "status", "received"):
        assert after_all in amina.get(f"applications_applicant.{name}", lang=lang, key=file.key).text, name


def test_a_correction_is_remembered_by_mail_once_on_the_last_day(call: Call, clock: Clock, mailbox: Mailbox) -> None:
    corrected, untouched = an_application(call=call, submitted=True), an_application(call=call, submitted=True)
    clock.forward(hours=1)
    save(corrected, clock)
    assert call.closes_at is not None

    clock.set(call.closes_at - timedelta(days=2))
    deadlines.remind(at=clock())
    db.session.commit()
    assert mailbox.kinds.count("correction_reminder") == 0
    for before in (timedelta(hours=23), timedelta(hours=20), timedelta(hours=1)):
        clock.set(call.closes_at - before)
        deadlines.remind(at=clock())
    db.session.commit()

    assert mailbox.kinds.count("correction_reminder") == 1
    letter = mailbox.last("correction_reminder")
    assert letter.to_email == corrected.person.email != untouched.person.email
    assert moment(call.closes_at) in letter.text
    assert f"/mijn-dossier/{corrected.key}/" in letter.text


def test_a_correction_of_the_last_hours_is_remembered_once_it_has_rested(
    call: Call, clock: Clock, mailbox: Mailbox
) -> None:
    file = an_application(call=call, submitted=True)
    assert call.closes_at is not None
    clock.set(call.closes_at - timedelta(hours=5))
    save(file, clock)
    deadlines.remind(at=clock())
    db.session.commit()
    assert "correction_reminder" not in mailbox.kinds

    clock.forward(hours=1)
    deadlines.remind(at=clock())
    db.session.commit()

    assert mailbox.kinds.count("correction_reminder") == 1


def test_a_draft_is_kept_at_least_until_its_own_deadline_is_long_over(call: Call, clock: Clock) -> None:
    late, other = an_application(call=call), an_application(call=call)
    assert call.closes_at is not None
    late.late_until = call.closes_at + timedelta(days=200)
    db.session.commit()

    warned = privacy.drafts_to_warn(call.closes_at + timedelta(days=150))

    assert [one.id for one in warned] == [other.id]


def deadline_in(page: Page) -> datetime | None:
    """The moment in a calendar file; None when it is empty."""
    assert page.media_type == "text/calendar"
    entries = Calendar.from_ical(page.data).walk("VEVENT")
    return entries[0].decoded("DTSTART") if entries else None


def calendars_of(page: Page) -> list[Page]:
    """Every calendar file that this page links to."""
    return [page.client.get_path(address) for address in page.links("main a[href]") if address.endswith(".ics")]


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("days", [0, 21], ids=["call is open", "call is closed"])
def test_every_calendar_file_that_a_holder_of_a_late_code_finds_has_their_deadline(
    amina: SignedIn, bruno: SignedIn, client: PageClient, call: Call, clock: Clock, lang: str, days: int
) -> None:
    asked = {name: both("Doen") for name in ("name", "text", "hint", "advice")}
    added(EligibilityQuestion(call_id=call.id, position=1, kind="yes_no", **asked))
    file = an_application(call=call, person=amina.person)
    assert call.closes_at is not None
    closes_at, until = call.closes_at, call.closes_at + timedelta(days=3)
    file.late_until = until
    clock.forward(days=days)
    public = [
        ("programmes_public.programme", {}),
        ("programmes_check.conditions", {"sent": "1", "q1": "yes"}),
    ]
    slug = call.programme.slug[lang]

    own = calendars_of(amina.get("applications_applicant.tasks", lang=lang, key=file.key))
    hers = [one for name, more in public for one in calendars_of(amina.get(name, lang=lang, slug=slug, **more))]
    others = [
        one
        for who in (client, bruno)
        for name, more in public
        for one in calendars_of(who.get(name, lang=lang, slug=slug, **more))
    ]

    assert [deadline_in(one) for one in own] == [until]
    assert [deadline_in(one) for one in hers] == ([] if days else [until] * 2)
    assert [deadline_in(one) for one in others] == ([] if days else [closes_at] * 4)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_no_calendar_file_names_a_deadline_that_is_none(amina: SignedIn, call: Call, clock: Clock, lang: str) -> None:
    """Not in minutes of grace, not when a file was sent back with a day of its own, not in a call without an end."""
    written, back = (an_application(call=call, person=amina.person, submitted=True) for _number in range(2))
    endless = an_application(call=a_call(rolling=True), person=amina.person)
    back.state = State.INCOMPLETE
    asked = {"written": written, "back": back, "endless": endless}

    found = {
        name: deadline_in(amina.get("applications_applicant.calendar", lang=lang, key=file.key))
        for name, file in asked.items()
    }
    linked = {
        name: bool(calendars_of(amina.get("applications_applicant.tasks", lang=lang, key=file.key)))
        for name, file in asked.items()
    }

    assert found == {"written": call.closes_at, "back": None, "endless": None}
    assert linked == {"written": True, "back": False, "endless": False}
    assert call.closes_at is not None
    clock.set(call.closes_at - MINUTE)
    written.saved_at = clock()
    clock.forward(minutes=3)
    assert calendars_of(amina.get("applications_applicant.tasks", lang=lang, key=written.key)) == []


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_letter_with_a_late_code_leads_to_no_calendar_of_the_call(
    els: SignedIn, call: Call, clock: Clock, mailbox: Mailbox, language: str
) -> None:
    assert call.closes_at is not None
    until = call.closes_at + timedelta(days=3)
    late.create_late_code(
        call, email="z@example.be", name="Zoë", language=language, until=until, reason="ziek", by=els.person, at=clock()
    )

    db.session.commit()
    text = mailbox.last("late_code").text

    with speaking(language):
        assert plain(moment(until)) in plain(text)
        assert plain(moment(call.closes_at)) not in plain(text)
    assert ".ics" not in text


@pytest.mark.parametrize("early", [False, True])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_draft_that_was_not_handed_in_says_why_and_what_can_still_be_done(
    amina: SignedIn, els: SignedIn, clock: Clock, lang: str, early: bool
) -> None:
    call = a_call()
    assert call.closes_at is not None
    draft, until = an_application(call=call, person=amina.person, language=lang), call.closes_at
    part = draft.version.definition["section"][0]["key"]
    if early:
        until = clock.forward(hours=2)
        changes.close_now(call, by=els.person, at=until)
        clock.forward(hours=1)
    else:
        clock.set(until + timedelta(hours=1))

    page = amina.get("applications_applicant.tasks", lang=lang, key=draft.key)
    files = amina.get("applications_applicant.my_files", lang=lang)
    section = amina.get("applications_writer.section", status=302, lang=lang, key=draft.key, part=part)
    section = section.follow(status=302).follow()

    with speaking(lang):
        for shown in (page, files, section):
            assert plain(moment(until)) in plain(shown.text)
        assert {"nl": "vervroegd", "fr": "plus tôt"}[lang] in page.text or not early
    endpoints = ("applications_applicant.withdraw", "documents_applicant.draft")
    wanted = {amina.address(one, lang=lang, key=draft.key) for one in endpoints}
    wanted.add(amina.address("programmes_public.programme", lang=lang, slug=call.programme.slug[lang]))
    assert wanted <= set(page.links("[aria-labelledby=closed] a"))
