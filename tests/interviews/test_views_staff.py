"""Interviews of a call for the team: who is invited, who comes when, and one appointment after the other."""

from datetime import timedelta

import pytest

from app.applications.rules.states import State
from app.core.db.base import db
from app.interviews.queries import files
from app.programmes.models import Call
from tests.builders import a_call
from tests.conftest import Clock
from tests.interviews.scene import a_file, invited, met
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.panels import a_slot, an_interview
from tests.people import CHLOE, DAAN, ELS, SignedIn, known
from tests.selection import a_conflict

ALL, ONE = "interviews_staff.interviews", "interviews_staff.interview"
NOTES = "[formaction]"


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ["uitgenodigd", "moment gekozen", "moment nog te kiezen", "vrije momenten"]),
        ("fr", ["dossiers invités", "ont choisi un moment", "doivent encore choisir", "moments libres"]),
    ],
)
def test_the_overview_counts_and_names_who_comes_when(els: SignedIn, lang: str, words: list[str]) -> None:
    call = a_call()
    comes, _interview, _slot = met(call, people=(known(CHLOE), known(DAAN)))
    waits, _invitation = invited(call, language="fr")
    may_be = a_file(call, state=State.ELIGIBLE)
    a_slot(call, hour=16, language="nl")

    page = els.get(ALL, key=call.key, lang=lang)

    assert list(zip(page.select(".key-figures dt"), page.select(".key-figures dd"), strict=True)) == list(
        zip(words, ["2", "1", "1", "1"], strict=True)
    )
    assert page.select("main .warn") != []  # one waits in French, the free slot is in Dutch
    tables = page.select("table.table")
    assert [str(one.reference) in table for one, table in ((comes, tables[0]), (waits, tables[0]))] == [True, True]
    assert str(may_be.reference) in tables[1]
    assert "Chloé Lambert , Daan Willems" in tables[2]
    assert str(comes.reference) in tables[2]


@pytest.mark.parametrize("count", [1, 3, 30])
def test_the_overview_asks_as_often_for_many_as_for_one(els: SignedIn, clock: Clock, count: int) -> None:
    call, first = a_call(), a_file()
    for number in range(count):
        file = a_file(call) if number < 5 else None
        starts_at = clock() + timedelta(days=9, hours=number)
        a_slot(call, an_interview(file) if file else None, people=(known(CHLOE), known(ELS)), starts_at=starts_at)

    page = els.get(ALL, key=call.key)

    assert len(page.soup.select("section:has(#slots) tbody tr")) == count
    assert str(first.reference) not in page.text  # of another call
    assert_budget(page, 7)


def test_the_pages_of_one_file_and_one_slot_stay_within_their_budget(els: SignedIn) -> None:
    file, _interview, slot = met(people=(known(CHLOE),))

    assert_budget(els.get(ONE, key=file.key), 8)
    assert_budget(els.get("interviews_staff.slot", slot_key=slot.key), 8)
    assert_budget(els.get("interviews_staff.new_slots", key=file.call.key), 6)
    assert_budget(els.get("interviews_staff.plan", key=file.call.key), 4)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_ticked_files_are_invited_and_nothing_ticked_means_nobody(els: SignedIn, mailbox: Mailbox, lang: str) -> None:
    call = a_call()
    one, two = a_file(call, state=State.ELIGIBLE), a_file(call, state=State.IN_REVIEW)
    a_slot(call)
    page = els.get(ALL, key=call.key, lang=lang)
    form = "form:has([name=choose_by])"

    nobody = page.submit(form=form, message_nl="Breng je ploeg mee.", choose_by="2027-01-01", status=422)

    assert len(nobody.problems) == 3
    assert nobody.value("message_nl") == "Breng je ploeg mee."
    one_side = nobody.submit(form=form, file=[one.key], choose_by="2027-02-10", status=422)
    assert len(one_side.problems) == 1
    assert mailbox.kinds.count("interview_invited") == 0
    nobody = one_side.submit(form=form, file=[one.key], message_fr="Venez avec votre équipe.", status=303)
    words = mailbox.last("interview_invited").text
    assert ("Breng je ploeg mee." in words, "Venez" in words) == (True, False)
    nobody = page
    nobody.submit(form=form, file=[one.key], choose_by="2027-02-10").follow()
    assert files.interview_of(one.id) is not None
    assert files.interview_of(two.id) is None
    assert mailbox.kinds.count("interview_invited") == 1
    nobody.submit(form=form, file=[one.key], choose_by="2027-02-10")
    assert mailbox.kinds.count("interview_invited") == 1


def test_only_files_of_this_call_that_wait_for_it_are_invited(els: SignedIn) -> None:
    call = a_call()
    other, further, hidden = a_file(state=State.ELIGIBLE), a_file(call, state=State.JURY), a_file(call)
    a_conflict(hidden, known(ELS))
    page = els.get(ALL, key=call.key)
    sent = {"choose_by": "2027-02-10"}

    for file, status in ((other, 404), (further, 409), (hidden, 404)):
        els.post("interviews_staff.invite", sent | {"file": file.key}, key=call.key, status=status)

    assert [one in page.text for one in (str(other.reference), str(hidden.reference))] == [False, False]
    assert [files.interview_of(one.id) for one in (other, further, hidden)] == [None, None, None]


def test_the_team_gives_a_moment_takes_it_back_and_asks_again(els: SignedIn, mailbox: Mailbox) -> None:
    file, interview = invited()
    slot, other = a_slot(file.call), a_slot(file.call, hour=16, language="fr")
    page = els.get(ONE, key=file.key)
    move = "[formaction$='/moment']"

    els.post("interviews_staff.move", {"slot": ""}, key=file.key, status=422)
    taken = els.post("interviews_staff.move", {"slot": other.key}, key=file.key, status=422)
    assert taken.problems == ["‘Dit moment toekennen’: Iemand anders heeft dat moment net gekozen. Deze zijn nog vrij"]
    given = page.submit(form=move, slot=slot.key).follow()
    assert files.slot_of(interview.id) is not None
    why = given.submit("Annuleer deze afspraak", status=422)
    assert why.problems == ["‘Reden, voor de kandidaat’: Schrijf waarom, voor de mail aan de kandidaat"]
    freed = why.submit("Annuleer deze afspraak", reason="De zaal is bezet.").follow()
    given.submit("Annuleer deze afspraak", reason="Nog eens.", status=409)

    assert files.slot_of(interview.id) is None
    assert "Nog geen moment gekozen" in freed.text
    assert [kind for kind in mailbox.kinds if kind.startswith("interview_")] == [
        "interview_confirmed",
        "interview_freed",
    ]


def test_a_moment_that_went_just_now_leaves_the_offer(els: SignedIn) -> None:
    call = a_call()
    file, _interview = invited(call)
    other, theirs = invited(call)
    gone, left = a_slot(call), a_slot(call, hour=16)
    page = els.get(ONE, key=file.key)
    gone.interview_id = theirs.id
    db.session.commit()

    late = page.submit(form="[formaction$='/moment']", slot=gone.key, status=422)

    assert [tag["value"] for tag in late.soup.select("#slot option") if tag["value"]] == [left.key]
    assert other.state == State.INTERVIEW


def test_another_last_day_and_one_reminder_a_day(els: SignedIn, mailbox: Mailbox) -> None:
    file, interview = invited()
    page = els.get(ONE, key=file.key)
    form = "[formaction$=laatste-dag]"

    late = page.submit(form=form, choose_by="2027-01-01", status=422)
    assert late.value("choose_by") == "2027-01-01"
    page.submit(form=form, choose_by="2027-02-20").follow().submit("Herinnering sturen").follow()
    page.submit("Herinnering sturen").follow()

    db.session.expire_all()
    assert f"{interview.choose_by}" == "2027-02-20"
    assert mailbox.kinds.count("interview_reminder") == 1


def test_the_ticks_stay_when_another_applicant_is_reminded(els: SignedIn) -> None:
    call = a_call()
    invited(call)
    one, two, three = (a_file(call, state=State.IN_REVIEW) for _number in range(3))
    for hour in (9, 10, 11, 12):
        a_slot(call, hour=hour)
    page = els.get(ALL, key=call.key)

    shown = page.submit(form="[formaction$=herinneren]", file=[one.key, three.key], message_nl="Tot dan").follow()

    assert sorted(shown.value("file")) == sorted([one.key, three.key])
    assert shown.value("message_nl") == "Tot dan"
    after = shown.submit("Nodig de aangevinkte kandidaten uit", message_fr="À bientôt").follow()
    db.session.expire_all()
    assert [file.state for file in (one, two, three)] == [State.INTERVIEW, State.IN_REVIEW, State.INTERVIEW]
    assert after.value("file") is None


def test_notes_are_kept_and_a_colleagues_words_not_overwritten(els: SignedIn, greta: SignedIn) -> None:
    file, interview, _slot = met()
    stale = els.get(ONE, key=file.key)
    greta.get(ONE, key=file.key).submit(form=NOTES, notes="Ze hebben een pand.")

    refused = stale.submit(form=NOTES, notes="Ze zoeken een boekhouder.", status=422)

    assert refused.value("notes") == "Ze zoeken een boekhouder."
    assert "Ze hebben een pand." in refused.text
    stale.submit(form=NOTES, notes="x" * 20_001, status=422)
    both = {"notes": "Ze hebben een pand en zoeken een boekhouder.", "choose:notes": "mine"}
    refused.submit(form=NOTES, **both).follow()
    db.session.expire_all()
    assert interview.notes == "Ze hebben een pand en zoeken een boekhouder."


def test_a_colleague_in_conflict_reads_that_a_moment_is_taken_and_nothing_else(els: SignedIn, greta: SignedIn) -> None:
    call = a_call()
    file, _interview, slot = met(call, people=(known(CHLOE),))
    assert str(file.reference) in greta.get(ALL, key=call.key).text
    a_conflict(file, greta.person)

    page = greta.get(ALL, key=call.key)

    assert "ingenomen" in page.select("section:has(#slots) tbody tr")[0]
    assert page.select(".key-figures dd") == ["0", "0", "0", "0"]
    for hidden in (str(file.reference), file.title, file.key, file.person.name):
        assert hidden not in page.html
    greta.get(ONE, key=file.key, status=404)
    greta.get("interviews_staff.slot", slot_key=slot.key, status=404)
    for action in ("move", "until", "free", "remind"):
        greta.post(f"interviews_staff.{action}", {"slot": slot.key}, key=file.key, status=404)
    els.get(ONE, key=file.key)


def test_the_overview_warns_when_somebody_at_the_table_is_too_close(els: SignedIn) -> None:
    call = a_call()
    file, _interview, _slot = met(call, people=(known(CHLOE),))
    a_conflict(file, known(CHLOE))

    page = els.get(ALL, key=call.key)

    assert page.select("section:has(#slots) .need") == [
        "Chloé Lambert heeft een belangenconflict met dit dossier: kies een ander moment"
    ]


def pages_of(call: Call) -> list[tuple[str, dict[str, str]]]:
    """Every page of the team about one file and its slot."""
    file, _interview, slot = met(call)
    of_call = [(f"interviews_staff.{name}", {"key": call.key}) for name in ("interviews", "new_slots", "plan")]
    return [*of_call, (ONE, {"key": file.key}), ("interviews_staff.slot", {"slot_key": slot.key})]


def test_only_the_team_comes_here(
    client: PageClient, bruno: SignedIn, farid: SignedIn, chloe: SignedIn, els: SignedIn
) -> None:
    for page, values in pages_of(a_call()):
        client.get(page, status=302, **values)
        for who in (bruno, farid, chloe):
            who.get(page, status=403, **values)
        els.get(page, **values)
    els.get(ALL, key="geen-oproep", status=404)
    els.get(ONE, key="x" * 22, status=404)


def test_whoever_is_not_invited_has_no_page(els: SignedIn) -> None:
    file = a_file()

    els.get(ONE, key=file.key, status=404)
    els.post("interviews_staff.free", key=file.key, status=404)


def test_a_form_without_its_proof_does_nothing(els: SignedIn) -> None:
    file, interview, slot = met()

    for action in ("free", "remind"):
        els.post(f"interviews_staff.{action}", key=file.key, csrf=False, status=400)
    els.post("interviews_staff.remove_slot", slot_key=slot.key, csrf=False, status=400)

    assert files.slot_of(interview.id) == slot
