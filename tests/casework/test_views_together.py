"""The same deed for several files, tags, kept views, and what makes somebody look twice."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.applications.models import Move
from app.applications.rules.states import State
from app.casework.models import SavedView, Tag
from app.casework.queries import readings
from app.core.audit import audit_trail
from app.core.db.base import db
from tests.builders import a_call, a_criterion, a_person, an_application
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn
from tests.selection import a_conflict, a_review

ACTIONS = ["step", "tag", "untag", "write"]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_each_page_repeats_what_is_ticked(els: SignedIn, action: str, lang: str) -> None:
    files = [an_application(submitted=True) for _number in range(2)]

    page = els.get(f"casework_together.{action}", lang=lang, file=[one.key for one in files])

    assert all(str(one.reference) in page.text for one in files)


@pytest.mark.parametrize("action", ACTIONS)
def test_nobody_ticked_means_nobody(els: SignedIn, action: str, mailbox: Mailbox) -> None:
    file = an_application(submitted=True)
    sent = len(mailbox.kinds)

    assert els.get(f"casework_together.{action}").select("main form") == []
    els.post(f"casework_together.{action}", {"to": "eligible", "name": "x", "text_nl": "x", "text_fr": "x"}, status=200)

    assert (file.state, len(mailbox.kinds)) == (State.SUBMITTED, sent)
    assert db.session.scalars(select(Tag)).all() == []


def test_the_same_step_for_all_or_for_none(els: SignedIn, mailbox: Mailbox) -> None:
    first, second = an_application(submitted=True), an_application(submitted=True, language="fr")
    page = els.get("casework_together.step", file=[first.key, second.key])

    page.submit(to="eligible")

    assert {first.state, second.state} == {State.ELIGIBLE}
    assert mailbox.kinds.count("application_eligible") == 2
    third = an_application(submitted=True)
    mixed = els.get("casework_together.step", file=[first.key, third.key])
    assert mixed.select("select[name=to]") == []
    forged = {"to": "jury", "file": [first.key, third.key]}
    els.post("casework_together.step", forged, status=422)
    assert (first.state, third.state) == (State.ELIGIBLE, State.SUBMITTED)


def test_each_reads_the_message_in_the_language_of_the_file(els: SignedIn, mailbox: Mailbox) -> None:
    files = [an_application(submitted=True, person=a_person(language=language)) for language in ("nl", "fr")]
    page = els.get("casework_together.write", file=[one.key for one in files])

    refused = page.submit(text_nl="Tot maandag.", status=422)
    assert refused.value("text_nl") == "Tot maandag."
    refused.submit(text_fr="À lundi.")

    texts = {letter.language: letter.text for letter in mailbox.letters if letter.kind == "application_answered"}
    assert "Tot maandag." in texts["nl"]
    assert "À lundi." in texts["fr"]


def test_a_tag_hangs_is_filtered_by_and_goes(els: SignedIn) -> None:
    first, second = an_application(submitted=True), an_application(submitted=True)
    els.get("casework_together.tag", file=[first.key, second.key]).submit(name="Voeding <b>")
    els.get("casework_together.tag", file=[first.key]).submit(name="Voeding <b>")
    tag = db.session.scalars(select(Tag)).one()

    listed = els.get("casework_staff.applications", tag=tag.id)
    assert len(listed.select(".grid tbody tr")) == 2
    els.get("casework_together.untag", file=[first.key]).submit(tag=str(tag.id))
    assert len(els.get("casework_staff.applications", tag=tag.id).select(".grid tbody tr")) == 1
    page = els.get("casework_staff.application", key=second.key)
    page.submit(form="[formaction$=labels]")
    assert db.session.scalars(select(Tag)).all() == []
    assert [entry.action for entry in audit_trail.history(second.ref)][:2] == [
        "application.untagged",
        "application.tagged",
    ]


def test_a_view_is_kept_shared_and_dropped(els: SignedIn, greta: SignedIn) -> None:
    an_application(submitted=True)
    page = els.get("casework_staff.applications", state="submitted", language="nl")
    assert page.submit(form="form:has([name=is_shared])", name=" ", status=422).value("name") == ""
    page.submit(form="form:has([name=is_shared])", name="Nederlandstalig", is_shared="y")
    page.submit(form="form:has([name=is_shared])", name="Van mij alleen")

    mine = els.get("casework_staff.applications", language="nl").text
    hers = greta.get("casework_staff.applications", language="nl").text
    assert "Nederlandstalig" in mine and "Van mij alleen" in mine  # noqa: PT018 - one sentence
    assert ("Nederlandstalig" in hers, "Van mij alleen" in hers) == (True, False)
    shared = db.session.scalars(select(SavedView).where(SavedView.is_shared)).one()
    greta.post("casework_staff.drop_view", view_id=shared.id)
    assert db.session.get(SavedView, shared.id) is not None
    els.post("casework_staff.drop_view", view_id=shared.id)
    assert db.session.scalars(select(SavedView.name)).all() == ["Van mij alleen"]


def test_a_file_is_sent_back_once(els: SignedIn) -> None:
    file = an_application(state=State.INCOMPLETE)
    db.session.add(Move(application_id=file.id, at=file.started_at, from_state="incomplete", to_state="submitted"))
    file.state = State.SUBMITTED

    page = els.get("casework_staff.application", key=file.key)

    assert "incomplete" not in [option["value"] for option in page.soup.select("select[name=to] option")]
    forged = {"from_state": "submitted", "to": "incomplete", "message": "x", "questions": "project_name"}
    els.post("casework_staff.move", forged, status=422, key=file.key)


def test_reasons_are_read_in_the_language_of_the_file_and_counted(els: SignedIn, mailbox: Mailbox) -> None:
    file = an_application(submitted=True, language="fr")
    page = els.get("casework_staff.application", key=file.key)
    refused = page.submit(form="[formaction$=stap]", to="ineligible", message="Voyez Start.", status=422)

    refused.submit(form="[formaction$=stap]", to="ineligible", message="Voyez Start.", reasons=["outside_brussels"])

    letter = mailbox.last("application_ineligible")
    assert "Région bruxelloise" in letter.text
    assert "Voyez Start." in letter.text
    reasons = db.session.scalars(select(Move.reasons).where(Move.application_id == file.id).order_by(Move.id)).all()
    assert reasons[-1] == ["outside_brussels"]


def test_whoever_checks_is_led_to_the_next_file(els: SignedIn) -> None:
    call = a_call()
    first, second = an_application(call=call, submitted=True), an_application(call=call, submitted=True)
    page = els.get("casework_staff.application", key=first.key)

    following = page.submit("Zet de stap en open het volgende dossier", to="eligible").follow()

    assert str(second.reference) in following.text
    (said,) = following.select("[role=status]")
    assert said.startswith(str(first.reference))


def test_look_alikes_are_shown_before_the_check(els: SignedIn) -> None:
    call, person = a_call(), a_person()
    first, second = (an_application(call=call, person=person, submitted=True) for _number in range(2))

    page = els.get("casework_staff.application", key=second.key)

    assert str(first.reference) in page.select("section.warn")[0]


def test_the_list_shows_scores_spread_and_who_reads(els: SignedIn, chloe: SignedIn, daan: SignedIn) -> None:
    call = a_call()
    a_criterion(call, "C1", weight=60)
    a_criterion(call, "C2", weight=40)
    file = an_application(call=call, state=State.IN_REVIEW)
    a_review(file, chloe.person, {"C1": 5, "C2": None})
    a_review(file, daan.person, {"C1": 1, "C2": 5})
    els.get("casework_staff.applications")

    read = readings.readings_of([file.id])[file.id]
    page = els.get("casework_staff.applications", call=call.key)

    assert sorted(read.values) == [52.0, 100.0]
    assert read.mean == 76.0
    assert "76" in page.select(".grid tbody tr td.right b")[0]
    assert [abbr.strip() for abbr in page.select(".grid tbody abbr")] == ["CL", "DW"]
    a_conflict(file, daan.person)
    assert readings.readings_of([file.id])[file.id].values == [100.0]


def test_what_is_hidden_from_a_colleague_is_nowhere(els: SignedIn, greta: SignedIn) -> None:
    call = a_call()
    file, other = an_application(call=call, submitted=True), an_application(call=call, submitted=True)
    shown = els.get("casework_staff.applications", call=call.key)
    assert str(file.reference) in shown.text

    a_conflict(file, els.person)

    listed = els.get("casework_staff.applications", call=call.key)
    assert (str(file.reference) in listed.text, str(other.reference) in listed.text) == (False, True)
    assert str(file.reference) not in els.get("casework_staff.applications", q=str(file.reference)).text
    els.get("casework_staff.application", status=404, key=file.key)
    els.post("casework_staff.note", {"note": "x"}, status=404, key=file.key)
    assert els.get("casework_together.step", file=[file.key]).select("main form") == []
    assert str(file.reference) in greta.get("casework_staff.applications", call=call.key).text
    assert els.get("dashboard_staff.desk").links(f"a[href$='{file.key}']") == []


def test_the_list_asks_six_times_whatever_hangs_on_it(els: SignedIn, chloe: SignedIn) -> None:
    call = a_call()
    a_criterion(call, "C1")
    for number in range(3):
        file = an_application(call=call, state=State.IN_REVIEW)
        a_review(file, chloe.person, {"C1": number + 1})
    els.get("casework_together.tag", file=[file.key]).submit(name="x")

    page = els.get("casework_staff.applications", call=call.key)

    assert len(page.select(".grid tbody tr")) == 3
    assert_budget(page, 7)


def test_only_staff_do_things_together(client: PageClient, farid: SignedIn, chloe: SignedIn, app: Flask) -> None:
    for action in ACTIONS:
        client.get(f"casework_together.{action}", status=302)
        farid.get(f"casework_together.{action}", status=403)
        chloe.post(f"casework_together.{action}", status=403)
