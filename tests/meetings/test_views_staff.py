"""A whole meeting of the jury, as the secretary leads it and a member follows it."""

import io
import re

import pytest
from pypdf import PdfReader

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import db
from app.decisions.models import Decision
from app.meetings import actions, queries
from app.meetings.exports import minutes_of
from app.meetings.models import Meeting
from app.meetings.rules import Role
from app.programmes.models import Call
from app.reviewers.models import ReadingPlan
from app.reviewers.rules.plan import Blind
from tests.builders import a_call, a_criterion, added, an_application, both
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn
from tests.selection import a_conflict, a_review

SEAT = "button:not([name]):is([formaction$=leden], [formaction$=membres])"
REASON = "Een sterke ploeg met een helder plan."


def a_meeting(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, *, files: int = 2, quorum: int = 2
) -> tuple[Meeting, list[Application]]:
    """Chloé presides, Daan is a member, Els writes; each file is read by both."""
    call = a_call()
    a_criterion(call, "C1")
    made = [an_application(call=call, state=State.JURY) for _number in range(files)]
    for number, one in enumerate(made):
        a_review(one, chloe.person, {"C1": 2 + number % 3})
        a_review(one, daan.person, {"C1": 5})
    found = actions.plan(
        call,
        call.opens_at,
        place=both("Sint-Gillis", "Sint-Gillis"),
        quorum=quorum,
        minutes_each=10,
        by=els.person,
        at=call.opens_at,
    )
    actions.add_member(found, chloe.person, Role.CHAIR, by=els.person, at=call.opens_at)
    actions.add_member(found, daan.person, Role.MEMBER, by=els.person, at=call.opens_at)
    actions.put_on(found, made)
    return found, made


def everybody_comes(found: Meeting, clock: Clock) -> None:
    for seat in queries.members_of(found.id):
        actions.come_in(found, seat, at=clock())


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_meeting_is_planned_and_prepared(els: SignedIn, chloe: SignedIn, lang: str) -> None:
    call = a_call()
    a_criterion(call, "C1")
    first, second = an_application(call=call, state=State.JURY), an_application(call=call, state=State.JURY)
    a_review(first, chloe.person, {"C1": 1})
    a_review(second, chloe.person, {"C1": 5})
    page = els.get("meetings_staff.meetings", key=call.key, lang=lang)

    refused = page.submit(on="2027-03-28", hour="02:30", quorum="0", minutes_each="10", status=422)
    prepared = refused.submit(on="2027-03-29", hour="13:30", quorum="2", place_nl="Flagey", place_fr="Flagey").follow()
    listed = prepared.submit("do=put").follow()
    ordered = listed.submit("do=order", order="score").follow()
    seated = ordered.submit(
        form=SEAT,
        person=str(chloe.person_id),
        role="chair",
    ).follow()

    assert "Chloé Lambert" in seated.text
    found = queries.meetings_of(call.id)[0]
    assert [item.application_id for item in queries.items(found.id)] == [second.id, first.id]
    assert_budget(seated, 10)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_meeting_without_files_says_how_they_get_on_its_agenda(els: SignedIn, clock: Clock, lang: str) -> None:
    call = a_call()
    found = actions.plan(call, clock(), place=both("", ""), quorum=1, minutes_each=10, by=els.person, at=clock())

    page = els.get("meetings_staff.prepare", key=found.key, lang=lang)

    assert {"nl": "‘Voorgelegd aan de jury’", "fr": "«\xa0Soumise au jury\xa0»"}[lang] in page.text
    assert els.address("casework_staff.applications", lang=lang, call=call.key) in page.links("main a")


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_member_reads_how_it_ended_and_then_the_minutes(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, farid: SignedIn, clock: Clock, lang: str
) -> None:
    found, (file, other) = a_meeting(els, chloe, daan)
    everybody_comes(found, clock)
    first = queries.items(found.id)[0]
    actions.open_item(found, first, at=clock())
    actions.reveal(found, first, at=clock())
    actions.decide(found, first, State.DECLINED, reason=REASON, rank=None, by=els.person, at=clock())
    minutes = chloe.address("meetings_member.minutes", key=found.key, lang=lang)
    actions.close(found, notes="", at=clock())

    over = chloe.get("meetings_reviewer.follow", key=found.key, lang=lang)
    assert over.select("#file") == [{"nl": "De vergadering is afgelopen", "fr": "La réunion est terminée"}[lang]]
    assert {"nl": "1 dossier is uitgesteld", "fr": "1 dossier est reporté"}[lang] in over.text
    assert over.links("main .desk-head a") == []  # nothing to refresh, nothing to put in a calendar
    chloe.get("meetings_member.minutes", key=found.key, status=404)

    els.post("meetings_staff.agree", key=found.key, status=303)
    a_conflict(other, chloe.person)
    assert minutes in chloe.get("meetings_reviewer.follow", key=found.key, lang=lang).links("main a")
    paper = PdfReader(io.BytesIO(chloe.get("meetings_member.minutes", key=found.key).data))
    text = "".join(page.extract_text() for page in paper.pages)
    assert (str(file.reference) in text, str(other.reference) in text) == (True, False)
    farid.get("meetings_member.minutes", key=found.key, status=404)  # no member


def test_who_reads_blind_gets_the_minutes_once_the_decisions_are_told(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, _files = a_meeting(els, chloe, daan, files=1)
    added(ReadingPlan(call_id=found.call_id, blind=Blind.UNTIL_PUBLISHED))
    actions.close(found, notes="", at=clock())
    els.post("meetings_staff.agree", key=found.key, status=303)

    page = chloe.get("meetings_reviewer.follow", key=found.key)

    assert "zodra de beslissingen meegedeeld zijn" in page.text
    chloe.get("meetings_member.minutes", key=found.key, status=404)


def test_what_is_typed_beside_another_button_stays(els: SignedIn, chloe: SignedIn, daan: SignedIn) -> None:
    found, _files = a_meeting(els, chloe, daan)

    page = els.get("meetings_staff.prepare", key=found.key).submit("do=order", place_nl="Zaal 3, Flagey").follow()

    assert page.value("place_nl") == "Zaal 3, Flagey"
    page.submit(form="[formaction$=gegevens]", on="2027-03-29", hour="13.30")
    db.session.refresh(found)
    assert found.place == both("Zaal 3, Flagey", "Sint-Gillis")


def test_the_ticks_stay_when_the_agenda_is_sorted(els: SignedIn, chloe: SignedIn, daan: SignedIn) -> None:
    found, _files = a_meeting(els, chloe, daan)
    call = queries.call_of(found)
    one, other = (an_application(call=call, state=State.JURY) for _number in range(2))
    page = els.get("meetings_staff.prepare", key=found.key)
    assert sorted(page.value("file")) == sorted([one.key, other.key])

    sorted_page = page.submit("do=order", file=[other.key]).follow()

    assert sorted_page.value("file") == other.key
    put = sorted_page.submit("do=put").follow()
    assert [item.application_id for item in queries.items(found.id)][-1] == other.id
    assert put.value("file") == one.key


@pytest.mark.parametrize(("side", "words"), [("place_nl", "Schrijf dit ook in het Frans"), ("place_fr", "Nederlands")])
def test_a_place_is_given_in_both_languages_or_in_none(els: SignedIn, side: str, words: str) -> None:
    call = a_call()
    page = els.get("meetings_staff.meetings", key=call.key)
    typed = {"on": "2027-03-29", "hour": "13:30", "quorum": "2", "minutes_each": "10"}

    refused = page.submit(**typed, **{side: "Flagey"}, status=422)

    assert words in refused.text
    assert refused.value(side) == "Flagey"
    assert queries.meetings_of(call.id) == []
    refused.submit(**{side: ""}).follow()
    assert queries.meetings_of(call.id)[0].place == both("", "")


@pytest.mark.parametrize(("lang", "place"), [("nl", "Gemeentehuis"), ("fr", "Maison communale")])
def test_each_reads_the_place_in_the_language_of_the_page(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, lang: str, place: str
) -> None:
    found, _files = a_meeting(els, chloe, daan, files=1)
    found.place = both("Gemeentehuis", "Maison communale")
    db.session.flush()

    pages = [
        els.get("meetings_staff.meetings", key=queries.call_of(found).key, lang=lang),
        els.get("meetings_staff.live", key=found.key, lang=lang),
        chloe.get("meetings_reviewer.follow", key=found.key, lang=lang),
    ]

    assert [place in page.text for page in pages] == [True] * 3
    minutes = minutes_of(found, set())
    assert {part["language"]: part["facts"][2][1] for part in minutes["parts"]}[lang] == place


def test_scores_are_covered_until_they_are_shown_to_all(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, (file, _other) = a_meeting(els, chloe, daan)
    everybody_comes(found, clock)
    page = els.get("meetings_staff.live", key=found.key)
    opened = page.submit("do=open").follow()

    assert "C1: 5" not in opened.text
    assert "C1: 5" not in chloe.get("meetings_reviewer.follow", key=found.key).text
    shown = opened.submit("do=reveal").follow()
    assert "C1: 5" in shown.text
    assert "C1: 5" in chloe.get("meetings_reviewer.follow", key=found.key).text
    assert_budget(shown, 10)
    refused = shown.submit("Bewaar de beslissing", outcome="reserve", reason="Kort.", status=422)
    assert refused.value("reason") == "Kort."
    refused.submit("Bewaar de beslissing", outcome="reserve", rank="1", reason=REASON).follow()

    decision = db.session.query(Decision).filter_by(application_id=file.id).one()
    assert (decision.outcome, decision.rank, decision.reason, decision.published_at) == ("reserve", 1, REASON, None)
    assert file.state == State.JURY


def test_whoever_is_too_close_leaves_first_and_sees_nothing(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, (file, _other) = a_meeting(els, chloe, daan, quorum=1)
    a_conflict(file, daan.person)
    everybody_comes(found, clock)
    item = queries.items(found.id)[0]
    actions.open_item(found, item, at=clock())

    waiting = els.get("meetings_staff.live", key=found.key)
    assert "Daan Willems" in waiting.select(".warn")[0]
    els.post("meetings_staff.item", {"do": "reveal"}, status=409, key=found.key, item_id=item.id)
    follows = daan.get("meetings_reviewer.follow", key=found.key)
    assert (str(file.reference) in follows.text, file.title in follows.select("#file")[0]) == (False, False)
    shown = waiting.submit("do=left").follow().submit("do=reveal").follow()

    assert "Daan Willems" not in shown.select(".table")[0]  # what he thought does not count either
    assert queries.absences(found.id) == {item.id: {daan.person_id}}
    sheet = queries.sheets(found, [item], queries.members_of(found.id))[0]
    assert sheet.presence.deciding == 1


def test_without_a_quorum_nothing_is_decided(els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock) -> None:
    found, (file, _other) = a_meeting(els, chloe, daan, quorum=3)
    everybody_comes(found, clock)
    item = queries.items(found.id)[0]
    actions.open_item(found, item, at=clock())
    actions.reveal(found, item, at=clock())

    page = els.get("meetings_staff.live", key=found.key)
    assert page.select("button[formaction*=beslissing]") == []
    forged = {"outcome": "accepted", "reason": REASON}
    els.post("meetings_staff.decide", forged, status=409, key=found.key, item_id=item.id)
    page.submit("do=postpone")

    assert [one.application_id for one in queries.items(found.id)][-1] == file.id
    assert db.session.query(Decision).count() == 0


@pytest.mark.parametrize("why", ["in conflict", "not arrived"])
def test_a_member_who_cannot_decide_does_not_count_for_the_quorum(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock, why: str
) -> None:
    """Els writes and does not count either: of three seats two members decide, or one."""
    found, files = a_meeting(els, chloe, daan, quorum=2)
    for member in queries.members_of(found.id):
        if why == "in conflict" or member.person_id != daan.person_id:
            actions.come_in(found, member, at=clock())
    if why == "in conflict":
        a_conflict(files[0], daan.person)
    item = queries.items(found.id)[0]
    actions.open_item(found, item, at=clock())
    actions.all_left(found, item, by=els.person, at=clock())
    actions.reveal(found, item, at=clock())
    db.session.commit()

    alone = els.get("meetings_staff.live", key=found.key)
    forged = {"outcome": "declined", "reason": REASON}
    els.post("meetings_staff.decide", forged, status=409, key=found.key, item_id=item.id)

    assert "Leden die kunnen beslissen: 1. Nodig: 2." in alone.text
    assert alone.select("button[formaction*=beslissing]") == []
    if why == "in conflict":  # counts again for a file that is not theirs
        alone.submit(form="form:has([value=postpone])")
        other = queries.items(found.id)[0]
        els.post("meetings_staff.item", {"do": "open"}, key=found.key, item_id=other.id)
        els.post("meetings_staff.item", {"do": "reveal"}, key=found.key, item_id=other.id)
    else:
        els.post("meetings_staff.attend", {"in": str(daan.person_id)}, key=found.key)
    enough = els.get("meetings_staff.live", key=found.key)
    assert "kunnen beslissen" not in enough.text
    enough.submit("Bewaar de beslissing", outcome="declined", reason=REASON).follow()
    db.session.expire_all()
    assert [one.present for one in queries.items(found.id) if one.decided_at] == [2]


def found_call(found: Meeting) -> str:
    call = db.session.get_one(Call, found.call_id)
    return f"{call.programme.title.nl}, {call.title.nl}"


def test_the_minutes_are_in_both_languages_and_then_fixed(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    found, files = a_meeting(els, chloe, daan)
    everybody_comes(found, clock)
    for item in queries.items(found.id):
        actions.open_item(found, item, at=clock())
        actions.reveal(found, item, at=clock())
        actions.decide(found, item, State.ACCEPTED, reason=REASON, rank=None, by=els.person, at=clock())
    page = els.get("meetings_staff.live", key=found.key)
    sent = len(mailbox.kinds)
    closed = page.submit("Sluit de vergadering", notes="Volgende keer om 9 uur.").follow()
    closed.submit("Keur het verslag goed").follow()

    paper = PdfReader(io.BytesIO(els.get("meetings_staff.minutes", key=found.key).data))
    text = "\n".join(page.extract_text() for page in paper.pages)
    for words in ("Verslag van de jury", "Procès-verbal du jury", "Chloé Lambert", REASON, "Volgende keer om 9 uur."):
        assert words in text
    assert all(str(one.reference) in text for one in files)
    assert [page for page in paper.pages if found_call(found) not in page.extract_text()] == []
    french = text[text.index("Procès-verbal du jury", text.index("Verslag van de jury") + 30) :]
    assert "Appel\xa0: " in french
    assert re.findall(r"\w ?[:;?!](?=\s)", french) == []  # each sign stands behind a no-break space
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert audit_trail.history(f"meeting:{found.id}")[0].action == "meeting.agreed"
    item = queries.items(found.id)[0]
    els.post("meetings_staff.item", {"do": "reopen"}, status=409, key=found.key, item_id=item.id)
    els.post("meetings_staff.close", {"notes": "x"}, status=409, key=found.key)
    assert len(mailbox.kinds) == sent


def test_a_closed_meeting_keeps_its_notes_and_goes_on_when_a_file_is_opened_again(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, _files = a_meeting(els, chloe, daan, files=1)
    everybody_comes(found, clock)
    item = queries.items(found.id)[0]
    actions.open_item(found, item, at=clock())
    actions.reveal(found, item, at=clock())
    actions.decide(found, item, State.DECLINED, reason=REASON, rank=None, by=els.person, at=clock())
    ended = clock()
    page = els.get("meetings_staff.live", key=found.key)
    closed = page.submit("Sluit de vergadering", notes="Volgende keer om 9 uur.").follow()

    assert closed.value("notes") == "Volgende keer om 9 uur."
    clock.forward(minutes=5)
    closed.submit("Bewaar deze punten", notes="Volgende keer om 10 uur.").follow()
    db.session.refresh(found)
    assert (found.notes, found.closed_at) == ("Volgende keer om 10 uur.", ended)

    again = els.get("meetings_staff.live", key=found.key).submit("do=reopen").follow()

    db.session.refresh(found)
    assert found.closed_at is None
    assert not again.select("button[formaction$=akkoord]")


def test_a_colleague_in_conflict_reads_a_number_and_nothing_else(
    els: SignedIn, greta: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, (file, _other) = a_meeting(els, chloe, daan)
    item = queries.items(found.id)[0]
    assert str(file.reference) in greta.get("meetings_staff.live", key=found.key).text

    a_conflict(file, greta.person)

    for page in ("live", "prepare"):
        assert str(file.reference) not in greta.get(f"meetings_staff.{page}", key=found.key).text
    paper = PdfReader(io.BytesIO(greta.get("meetings_staff.minutes", key=found.key).data))
    assert str(file.reference) not in "".join(page.extract_text() for page in paper.pages)
    greta.post("meetings_staff.item", {"do": "open"}, status=404, key=found.key, item_id=item.id)


def test_only_members_follow_and_only_staff_lead(
    client: PageClient, els: SignedIn, farid: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, _files = a_meeting(els, chloe, daan)
    chloe.get("meetings_reviewer.follow", key=found.key)
    actions.remove_member(found, daan.person_id, by=els.person, at=clock())

    daan.get("meetings_reviewer.follow", status=404, key=found.key)
    client.get("meetings_reviewer.follow", status=302, key=found.key)
    for page in ("live", "prepare", "minutes"):
        client.get(f"meetings_staff.{page}", status=302, key=found.key)
        farid.get(f"meetings_staff.{page}", status=403, key=found.key)
        chloe.get(f"meetings_staff.{page}", status=403, key=found.key)
    els.get("meetings_staff.live", status=404, key="x" * 22)


def test_one_file_at_a_time(els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock) -> None:
    found, _files = a_meeting(els, chloe, daan)
    first, second = queries.items(found.id)
    actions.open_item(found, first, at=clock())

    els.post("meetings_staff.item", {"do": "open"}, status=409, key=found.key, item_id=second.id)
    els.post("meetings_staff.item", {"do": "nonsense"}, status=404, key=found.key, item_id=second.id)
    els.post("meetings_staff.agenda", {"do": f"off:{first.id}"}, status=409, key=found.key)
    els.post("meetings_staff.agenda", {"do": f"up:{second.id}"}, key=found.key)

    assert queries.items(found.id)[0].id == second.id


def test_the_meeting_asks_as_often_for_many_files(els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock) -> None:
    found, _files = a_meeting(els, chloe, daan, files=3)
    everybody_comes(found, clock)
    actions.open_item(found, queries.items(found.id)[0], at=clock())
    actions.reveal(found, queries.items(found.id)[0], at=clock())

    assert_budget(els.get("meetings_staff.live", key=found.key), 10)
    assert_budget(els.get("meetings_staff.prepare", key=found.key), 10)
    assert_budget(chloe.get("meetings_reviewer.follow", key=found.key), 10)


def revealed(els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock) -> Meeting:
    """A meeting that talks about its first file, with the scores on the screen."""
    found, _files = a_meeting(els, chloe, daan)
    everybody_comes(found, clock)
    first = queries.items(found.id)[0]
    actions.open_item(found, first, at=clock())
    actions.reveal(found, first, at=clock())
    db.session.commit()
    return found


def test_agreeing_to_the_minutes_stores_the_notes_on_the_page(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, _files = a_meeting(els, chloe, daan)
    actions.close(found, notes="Oud.", at=clock())
    page = els.get("meetings_staff.live", key=found.key)

    page.submit("Keur het verslag goed", notes="Nieuw.").follow()

    db.session.refresh(found)
    assert (found.notes, found.agreed_at) == ("Nieuw.", clock())


@pytest.mark.parametrize("button", ["out", "do=postpone", "Bewaar deze punten"])
def test_each_button_of_the_meeting_stores_what_is_typed(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock, button: str
) -> None:
    found = revealed(els, chloe, daan, clock)
    page = els.get("meetings_staff.live", key=found.key)
    pressed = f"out={chloe.person_id}" if button == "out" else button

    page.submit(pressed, notes="Ann is later.", outcome="reserve", rank="drie", reason="Half").follow()

    db.session.refresh(found)
    assert found.notes == "Ann is later."
    drafts = [one.draft for one in queries.items(found.id) if one.draft]
    assert drafts == [{"outcome": "reserve", "rank": "drie", "reason": "Half"}]
    assert db.session.query(Decision).count() == 0


def test_a_half_typed_decision_comes_back_and_ends_with_the_decision(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found = revealed(els, chloe, daan, clock)
    page = els.get("meetings_staff.live", key=found.key)

    page = page.submit(f"out={els.person_id}", notes="A.", outcome="reserve", rank="drie", reason="Half").follow()

    values = [page.value(name) for name in ("notes", "rank", "reason")]
    assert values == ["A.", "drie", "Half"]
    assert page.soup.select_one("[name=outcome][checked]")["value"] == "reserve"  # type: ignore[index]
    page.submit("Bewaar de beslissing", notes="B.", rank="3", reason=REASON).follow()
    db.session.refresh(found)
    assert (found.notes, [one.draft for one in queries.items(found.id)]) == ("B.", [None, None])


def test_an_older_page_never_overwrites_what_a_colleague_typed(
    els: SignedIn, greta: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found = revealed(els, chloe, daan, clock)
    untouched, changed = (greta.get("meetings_staff.live", key=found.key) for _number in range(2))
    els.get("meetings_staff.live", key=found.key).submit("do=postpone", notes="Van Els.", reason="Ook van Els.")
    db.session.expire_all()
    first = next(one for one in queries.items(found.id) if one.draft)
    actions.open_item(found, first, at=clock())
    actions.reveal(found, first, at=clock())
    db.session.commit()

    untouched.submit(f"out={els.person_id}")
    refused = changed.submit(f"out={chloe.person_id}", notes="Van Greta.", reason="Ook van Greta.", status=409)

    assert (refused.value("notes"), refused.value("reason")) == ("Van Greta.", "Ook van Greta.")
    assert refused.select(".stale .pre-line") == ["Ook van Els.", "Van Els."]
    db.session.refresh(found)
    assert (found.notes, first.draft) == ("Van Els.", {"reason": "Ook van Els."})
    refused.submit(f"out={chloe.person_id}").follow()
    db.session.refresh(found)
    assert (found.notes, first.draft) == ("Van Greta.", {"reason": "Ook van Greta."})


def test_who_left_for_a_file_is_not_in_the_room_and_nobody_goes_home_after_the_end(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock
) -> None:
    found, (file, _other) = a_meeting(els, chloe, daan, quorum=1)
    a_conflict(file, daan.person)
    everybody_comes(found, clock)
    actions.open_item(found, queries.items(found.id)[0], at=clock())
    waiting = els.get("meetings_staff.live", key=found.key)
    leave = f"button[name=out][value='{daan.person_id}']"
    assert waiting.soup.select(leave)

    talk = waiting.submit("do=left").follow()

    lists = talk.select("section[aria-labelledby=present] ul")
    assert [("Daan Willems" in one) for one in lists] == [False, True]
    assert not talk.soup.select(leave)
    closed = talk.submit("Sluit de vergadering").follow()
    assert closed.soup.select("button[name=in], button[name=out]") == []
    els.post("meetings_staff.attend", {"out": str(chloe.person_id)}, status=409, key=found.key)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_meeting_says_how_long_the_reasons_are_at_least(
    els: SignedIn, chloe: SignedIn, daan: SignedIn, clock: Clock, lang: str
) -> None:
    found, _files = a_meeting(els, chloe, daan)
    everybody_comes(found, clock)
    first = queries.items(found.id)[0]
    actions.open_item(found, first, at=clock())
    actions.reveal(found, first, at=clock())
    page = els.get("meetings_staff.live", key=found.key, lang=lang)
    assert {"nl": "Minstens 20 tekens.", "fr": "Au moins 20 caractères."}[lang] in page.select("#reason-h")[0]

    refused = page.submit(
        {"nl": "Bewaar de beslissing", "fr": "Enregistrer la décision"}[lang],
        outcome="declined",
        reason="Kort.",
        status=422,
    )

    assert "20" in refused.select("#reason-e")[0]
