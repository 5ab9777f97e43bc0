"""A call while people write for it: dates that move, a form that changes, late comers, deadlines, rehearsals."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.applications.actions import common as common_actions
from app.applications.actions import handing_in, writing
from app.applications.models import Application
from app.applications.queries import files, revisions
from app.applications.rules.states import State
from app.casework.queries import list as list_queries
from app.core import clock as the_clock
from app.core.db.base import db
from app.core.i18n.formats import day, moment
from app.core.i18n.language import speaking
from app.intake.actions import changes, deadlines
from app.programmes.actions import late
from app.programmes.models import Call
from app.programmes.rules.calls import closed_early_from
from app.questionnaires.queries import version
from tests.builders import a_call, a_person, a_step, a_version, an_application
from tests.conftest import Clock
from tests.every_kind import EVERY_KIND
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import SignedIn


@pytest.fixture
def call(app: Flask) -> Call:
    """An open call."""
    return a_call()


def other_form() -> dict[str, Any]:
    """The same form with one question more, one less and one that moved."""
    first, second = EVERY_KIND["section"]
    kept = [question for question in first["question"] if question["key"] != "a_long_text"]
    new = {**first["question"][0], "key": "brand_new", "required": False}
    moved = kept.pop()
    return {
        **EVERY_KIND,
        "section": [{**first, "question": [*kept, new]}, {**second, "question": [moved, *second["question"]]}],
    }


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_pages_open_in_both_languages(els: SignedIn, call: Call, lang: str) -> None:
    els.get("intake_staff.running", lang=lang, key=call.key)
    els.get("intake_staff.on_behalf", lang=lang, key=call.key)
    els.get("intake_staff.choose_form", lang=lang, key=call.key)


def test_an_extension_is_told_to_drafts_alone(els: SignedIn, call: Call, mailbox: Mailbox, clock: Clock) -> None:
    draft, _sent = an_application(call=call), an_application(call=call, submitted=True)
    page = els.get("intake_staff.running", key=call.key)
    later = the_clock.day_of(clock() + timedelta(days=60))

    page.submit("Bewaar de datums", closes_on=str(later), closes_hour="12:00")

    assert mailbox.kinds.count("call_dates_changed") == 1
    assert mailbox.last("call_dates_changed").to_email == draft.person.email
    db.session.refresh(call)
    assert call.closes_at == the_clock.brussels(later, 12)
    again = els.get("intake_staff.running", key=call.key)
    again.submit("Bewaar de datums")
    assert mailbox.kinds.count("call_dates_changed") == 1


def test_a_call_closes_at_once(els: SignedIn, call: Call, mailbox: Mailbox, clock: Clock) -> None:
    draft = an_application(call=call)
    clock.forward(hours=1)

    els.get("intake_staff.running", key=call.key).submit("Sluit de oproep nu")

    db.session.refresh(call)
    assert call.closes_at == clock()
    assert not common_actions.can_edit(draft, at=clock())
    assert mailbox.kinds.count("call_dates_changed") == 1


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_call_that_closed_early_says_so_everywhere(
    els: SignedIn, bruno: SignedIn, client: PageClient, call: Call, clock: Clock, lang: str
) -> None:
    """Its real last day on the programme page, the receipt and the status; the team sees what is left to look at."""
    assert call.closes_at is not None
    announced, slug = call.closes_at, call.programme.slug[lang]
    a_step(call, on=the_clock.day_of(announced), reaches="submitted")
    later = a_step(call, on=the_clock.day_of(announced) + timedelta(days=20), position=2, reaches="jury")
    handed_in = an_application(call=call, person=bruno.person, submitted=True)
    clock.forward(hours=3)

    told = els.get("intake_staff.running", lang=lang, key=call.key).submit("do=close").follow()
    running = els.get("intake_staff.running", lang=lang, key=call.key)
    plan = els.get("programmes_rows.steps", lang=lang, key=call.key)
    public = client.get("programmes_public.programme", lang=lang, slug=slug)
    receipt = bruno.get("applications_applicant.received", lang=lang, key=handed_in.key)
    status = bruno.get("applications_applicant.status", lang=lang, key=handed_in.key)

    with speaking(lang):
        assert moment(clock()) in told.text
        assert moment(announced) in told.text
        for page in (public, receipt, status):
            assert day(announced) in page.text
            assert {"nl": "vervroegd gesloten", "fr": "clôturé plus tôt"}[lang] in page.text
        assert moment(announced) in plan.text
    assert [one["datetime"] for one in public.soup.select(".timeline time")] == [
        str(the_clock.day_of(clock())),
        str(later.on),
    ]
    assert els.address("programmes_rows.steps", lang=lang, key=call.key) in running.links(".warn a")

    plan.submit()
    assert not els.get("intake_staff.running", lang=lang, key=call.key).links(".warn a")
    assert call.closed_early_from == announced


def test_the_line_about_the_closing_moves_with_an_extension(els: SignedIn, call: Call, clock: Clock) -> None:
    assert call.closes_at is not None
    line = a_step(call, on=the_clock.day_of(call.closes_at), reaches="submitted")
    later = a_step(call, on=line.on + timedelta(days=9), position=2, reaches="jury")
    meant, until = later.on, call.closes_at + timedelta(days=5)

    changes.reschedule(call, opens_at=call.opens_at, closes_at=until, by=els.person, at=clock())

    assert (line.on, later.on, call.closed_early_from) == (the_clock.day_of(until), meant, None)
    assert els.get("programmes_staff.call", key=call.key).links(".warn a")


@pytest.mark.parametrize(
    ("lang", "moved", "stayed"),
    [
        ("nl", "De regel over de sluiting is mee verschoven", "De dagen bleven zoals ze waren"),
        ("fr", "La ligne sur la clôture a été déplacée aussi", "Ses dates n’ont pas changé"),
    ],
)
@pytest.mark.parametrize("reaches", ["submitted", ""])
def test_the_page_says_that_a_line_moved_along_only_where_there_is_one(
    els: SignedIn, call: Call, clock: Clock, reaches: str, lang: str, moved: str, stayed: str
) -> None:
    assert call.closes_at is not None
    a_step(call, on=the_clock.day_of(call.closes_at), reaches=reaches)

    until = call.closes_at + timedelta(days=5)
    changes.reschedule(call, opens_at=call.opens_at, closes_at=until, by=els.person, at=clock())

    text = els.get("intake_staff.running", key=call.key, lang=lang).text
    assert (moved in text, stayed in text) == (bool(reaches), not reaches)


@pytest.mark.parametrize(
    ("before", "closes", "known", "found"),
    [
        (9, 3, None, 9),
        (9, 3, 12, 12),
        (9, 9, None, None),
        (9, 12, 15, None),
        (2, 1, None, None),  # both are over: the day had come before it was changed
        (None, 3, None, None),
        (9, None, 9, None),
    ],
)
def test_a_call_closed_early_when_its_announced_end_was_still_to_come(
    before: int | None, closes: int | None, known: int | None, found: int | None
) -> None:
    def at(hour: int | None) -> datetime | None:
        return None if hour is None else datetime(2027, 2, 1, hour, tzinfo=UTC)

    now = datetime(2027, 2, 1, 3, tzinfo=UTC)

    assert closed_early_from(at(before), at(closes), now, known=at(known)) == at(found)


def test_nobody_is_counted_as_one_when_nobody_writes(els: SignedIn, call: Call) -> None:
    """French writes none like one: “Un brouillon …” for none would be wrong."""
    page = els.get("intake_staff.running", lang="fr", key=call.key)
    assert "Aucun brouillon n’est en cours" in page.text

    told = page.submit("do=close").follow()

    assert "Personne n’était en train d’écrire" in told.text


def test_whoever_changes_a_file_hears_that_the_call_closed(
    els: SignedIn, call: Call, mailbox: Mailbox, clock: Clock
) -> None:
    file = an_application(call=call, submitted=True)
    file.saved_at = clock.forward(hours=1)
    clock.forward(hours=1)

    assert changes.close_now(call, by=els.person, at=clock()) == 1
    db.session.commit()
    assert mailbox.last("call_dates_changed").to_email == file.person.email


def test_open_drafts_go_over_to_another_form_and_lose_nothing(
    els: SignedIn, bruno: SignedIn, call: Call, clock: Clock
) -> None:
    draft, sent = an_application(call=call, person=bruno.person), an_application(call=call, submitted=True)
    before, old = dict(files.open_file(draft).answers), draft.questionnaire_version_id
    newer = a_version(other_form())
    db.session.commit()

    compared = els.get("intake_staff.running", key=call.key).submit("Eerst vergelijken", version=str(newer.id)).follow()
    why = {"reason_nl": "Een vraag te veel.", "reason_fr": "Une question de trop."}
    compared.submit("Naar deze versie overgaan", **why)

    db.session.expire_all()
    assert (draft.questionnaire_version_id, sent.questionnaire_version_id) == (newer.id, old)
    after = files.open_file(draft)
    assert after.answers == before
    page = bruno.get("applications_applicant.tasks", key=draft.key)
    assert page.select("main .note h2") == ["Het formulier is gewijzigd"]
    text = bruno.get("applications_applicant.printable", key=draft.key)
    assert before["a_long_text"] in text.text
    page.submit("Gelezen")
    assert bruno.get("applications_applicant.tasks", key=draft.key).select("main .note h2") == []
    moved = next(key for key in after.definition.sections[1].questions if key.key in before)
    assert after.answers_of(after.definition.sections[1])[moved.key] == before[moved.key]


def test_a_late_code_lets_its_owner_start_and_nobody_else(
    client: PageClient, els: SignedIn, call: Call, mailbox: Mailbox, clock: Clock
) -> None:
    assert call.closes_at is not None
    clock.set(call.closes_at + timedelta(hours=1))
    until = clock() + timedelta(days=2)
    _made, code = late.create_late_code(
        call, email="zoe@example.be", name="Zoë", language="nl", until=until, reason="ziek", by=els.person, at=clock()
    )
    db.session.commit()
    address = client.address("applications_public.start", slug=call.programme.slug.nl)

    assert client.get_path(address).select("main form") == []
    assert client.get_path(f"{address}?code=K7F3-9QXM-ACDE").select("main form") == []
    page = client.get_path(f"{address}?code={code.lower().replace('-', ' ')}")
    refused = page.submit(name="Ali", email="ali@example.be", language="nl", status=422)
    assert refused.value("name") == "Ali"
    refused.submit(name="Zoë", email="zoe@example.be", language="nl")

    made = db.session.query(Application).one()
    assert made.late_until == until
    assert common_actions.can_edit(made, at=until - timedelta(seconds=1))
    assert not common_actions.can_edit(made, at=until + timedelta(hours=1))


def test_a_late_code_opens_the_draft_that_was_there(
    client: PageClient, els: SignedIn, call: Call, mailbox: Mailbox, clock: Clock
) -> None:
    draft = an_application(call=call, person=a_person(email="zoe@example.be"))
    assert call.closes_at is not None
    clock.set(call.closes_at + timedelta(hours=1))
    _made, code = late.create_late_code(
        call,
        email="zoe@example.be",
        name="Zoë",
        language="nl",
        until=clock() + timedelta(days=2),
        reason="ziek",
        by=els.person,
        at=clock(),
    )
    db.session.commit()
    address = client.address("applications_public.start", slug=call.programme.slug.nl)

    answer = client.get_path(f"{address}?code={code}").submit(name="Zoë", email="zoe@example.be", language="nl")

    assert db.session.query(Application).count() == 1
    assert common_actions.can_edit(draft, at=clock())
    assert draft.key not in answer.location  # the address is not proved here: the mailed link is the way
    assert draft.key not in mailbox.last("application_started").text


def test_a_file_on_behalf_is_the_applicants_and_says_so(
    els: SignedIn, greta: SignedIn, call: Call, mailbox: Mailbox
) -> None:
    page = els.get("intake_staff.on_behalf", key=call.key)
    page.submit(name="Zoë", email="zoe", language="nl", status=422)

    tasks = page.submit(name="Zoë", email="zoe@example.be", language="fr").follow()

    made = db.session.query(Application).one()
    assert (made.person.email, made.assisted_by_id, made.language) == ("zoe@example.be", els.person_id, "fr")
    assert tasks.endpoint == "applications_applicant.tasks"
    assert mailbox.last("application_assisted").to_email == "zoe@example.be"
    greta.get("applications_applicant.tasks", status=404, key=made.key)
    els.get("applications_applicant.withdraw", status=403, key=made.key)


def test_a_rehearsal_stays_apart_and_writes_to_the_tester_alone(
    els: SignedIn, call: Call, mailbox: Mailbox, clock: Clock
) -> None:
    filled = an_application(call=call, person=els.person)
    filled.is_rehearsal = True
    call.opens_at = clock() + timedelta(days=5)
    db.session.commit()

    els.get("intake_staff.running", key=call.key).submit("Probeer het formulier uit").follow()

    made = db.session.query(Application).order_by(Application.id.desc()).first()
    real = an_application(call=a_call(), submitted=True)
    sent = handing_in.submit(filled, {}, by=els.person, url="http://127.0.0.1/", at=clock())
    db.session.commit()
    assert made is not None
    assert (made.id != filled.id, made.is_rehearsal) == (True, True)
    assert sent.number == 1
    assert (filled.reference or "").startswith("ZZ")
    listed = [row.id for row in list_queries.list_page(list_queries.Filter(els.person_id))[0]]
    assert listed == [real.id]
    assert [row.id for row in list_queries.list_page(list_queries.Filter(els.person_id, rehearsal=True))[0]] == [
        filled.id
    ]
    assert list_queries.how_many_by_state(els.person_id) == {State.SUBMITTED: 1}
    assert {letter.to_email for letter in mailbox.letters if letter.about in (made.ref, filled.ref)} == {
        els.person.email
    }


def test_reminders_go_to_open_drafts_once_for_each_moment(call: Call, mailbox: Mailbox, clock: Clock) -> None:
    draft, sent = an_application(call=call), an_application(call=call, submitted=True)
    assert call.closes_at is not None

    for before in (timedelta(days=8), timedelta(days=6), timedelta(days=5), timedelta(hours=20), timedelta(hours=1)):
        clock.set(call.closes_at - before)
        deadlines.remind(at=clock())
        deadlines.remind(at=clock())
    db.session.commit()

    reminded = [letter.to_email for letter in mailbox.letters if letter.kind == "application_reminder"]
    assert reminded == [draft.person.email] * 2
    assert sent.person.email not in reminded


def test_who_starts_in_the_last_week_is_not_reminded_of_that_week(call: Call, mailbox: Mailbox, clock: Clock) -> None:
    assert call.closes_at is not None
    clock.set(call.closes_at - timedelta(days=3))
    an_application(call=call)
    clock.forward(hours=1)

    deadlines.remind(at=clock())
    db.session.commit()

    assert "application_reminder" not in mailbox.kinds


def test_what_was_not_handed_in_goes_back_to_its_writer(call: Call, mailbox: Mailbox, clock: Clock) -> None:
    draft, sent, corrected = (
        an_application(call=call),
        an_application(call=call, submitted=True),
        an_application(call=call, submitted=True),
    )
    clock.forward(hours=1)
    section, seen = next(iter(revisions.sections_of(corrected.id).items()))
    changed = seen.answers | {"project_name": "Nog beter"}
    writing.save_section(corrected, section, changed, revision=seen.revision, by=corrected.person, at=clock())
    assert call.closes_at is not None

    clock.set(call.closes_at + timedelta(minutes=14))
    deadlines.return_unsent(at=clock())
    db.session.commit()
    assert "application_unsent" not in mailbox.kinds  # the minutes of grace are not over
    clock.forward(minutes=2)
    for _time in range(3):
        deadlines.return_unsent(at=clock())
    db.session.commit()

    assert [letter.to_email for letter in mailbox.letters if letter.kind == "application_unsent"] == [
        draft.person.email
    ]
    assert mailbox.last("corrections_unsent").to_email == corrected.person.email
    assert "> Nog beter" in mailbox.last("corrections_unsent").text
    text = mailbox.last("application_unsent").text
    for question in ("project_name", "a_long_text"):
        assert f"> {files.open_file(draft).answers[question]}" in text
    assert not [
        letter for letter in mailbox.letters if letter.to_email == sent.person.email and "unsent" in letter.kind
    ]


@pytest.mark.parametrize(("lang", "before"), [("nl", "Van ‘"), ("fr", "De «\u00a0")])
def test_another_form_is_called_by_its_name(els: SignedIn, call: Call, lang: str, before: str) -> None:
    other = a_version(EVERY_KIND | {"key": "short", "title": {"nl": "Korte vraag", "fr": "Question brève"}})
    here = version(call.questionnaire_version_id).questionnaire.title[lang]

    page = els.get("intake_staff.choose_form", lang=lang, key=call.key, version=other.id)

    (said,) = page.select(".desk-head .quiet")
    assert said.startswith(before + here)
    assert other.questionnaire.title[lang] in said


@pytest.mark.parametrize("page", ["running", "on_behalf", "choose_form"])
def test_nobody_but_staff_runs_a_call(
    client: PageClient, amina: SignedIn, chloe: SignedIn, farid: SignedIn, call: Call, page: str
) -> None:
    client.get(f"intake_staff.{page}", status=302, key=call.key)
    for somebody in (amina, chloe, farid):
        somebody.get(f"intake_staff.{page}", status=403, key=call.key)
