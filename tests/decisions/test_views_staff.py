"""One file with all that is said of it: decision, recommendation, feedback, letter."""

import pytest
from sqlalchemy import select

from app.applications.models import Application
from app.applications.rules.states import State
from app.casework.models import Note
from app.core.db.base import db
from app.decisions.queries import announcing, files
from tests.conftest import Clock
from tests.deciding import REASON, a_judged_call, a_published_decision, before_the_jury, decision_on, read, take
from tests.letters import Mailbox
from tests.pages import Page, assert_budget
from tests.people import SignedIn
from tests.selection import a_conflict


def feedback_page(els: SignedIn, file: Application, lang: str = "nl") -> Page:
    """The readers' texts beside what the applicant will read."""
    return els.get("decisions_staff.feedback", key=file.key, lang=lang)


def texts(file: Application) -> dict[str, str]:
    """What was kept, by criterion."""
    db.session.rollback()
    codes = {criterion.id: criterion.code for criterion in file.call.criteria}
    return {codes[one]: text.text for one, text in files.feedback_of(file.id).items()}


def number(file: Application, code: str) -> int:
    return next(criterion.id for criterion in file.call.criteria if criterion.code == code)


def test_a_wrong_decision_is_kept_on_the_page(els: SignedIn) -> None:
    file = before_the_jury()
    page = els.get("decisions_staff.decide", key=file.key)

    refused = page.submit("Bewaar de beslissing", outcome="reserve", rank="nul", reason="Kort.", status=422)

    assert refused.value("rank") == "nul"
    assert refused.value("reason") == "Kort."
    assert announcing.decision_of(file.id) is None


def test_a_private_decision_is_taken_away_again_and_its_reasons_stay(els: SignedIn, greta: SignedIn) -> None:
    file = before_the_jury()
    take(file, State.DECLINED)
    hers = greta.get("decisions_staff.decide", key=file.key)

    els.get("decisions_staff.decide", key=file.key).submit("Toch nog niet beslist: verwijder de beslissing")

    db.session.expire_all()
    assert announcing.decision_of(file.id) is None
    assert db.session.scalars(select(Note.text)).all() == [REASON[file.language]]
    assert "verwijder de beslissing" not in els.get("decisions_staff.decide", key=file.key).text
    hers.submit("Toch nog niet beslist: verwijder de beslissing", status=409)


@pytest.mark.parametrize(
    ("lang", "hint", "optional"),
    [
        ("nl", "Nodig voor de reservelijst", "(mag leeg blijven)"),
        ("fr", "Nécessaire pour la liste de réserve", "(facultatif)"),
    ],
)
def test_a_place_on_the_reserve_list_is_said_to_be_needed_there(
    els: SignedIn, lang: str, hint: str, optional: str
) -> None:
    page = els.get("decisions_staff.decide", lang=lang, key=before_the_jury().key)

    assert page.select("#rank-h")[0].startswith(hint)
    assert optional not in page.select("label[for=rank]")[0]


def test_a_colleagues_decision_is_shown_and_not_overwritten(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    stale = els.get("decisions_staff.decide", key=file.key)
    theirs = "Het plan is nog te vaag om te starten."
    greta.get("decisions_staff.decide", key=file.key).submit("Bewaar de beslissing", outcome="declined", reason=theirs)

    kept = stale.submit("Bewaar de beslissing", outcome="accepted", reason=REASON["nl"], status=409)

    assert decision_on(file).reason == theirs
    assert theirs in kept.text
    assert "Greta Maes besliste intussen: Niet geselecteerd." in kept.text
    assert kept.value("reason") == REASON["nl"]
    kept.submit("Bewaar de beslissing")
    assert decision_on(file).outcome == State.ACCEPTED


def test_the_recommendation_is_kept_apart(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury()
    page = els.get("decisions_staff.decide", key=file.key)

    page.submit("Bewaar de aanbeveling", status=422, words="Zonder keuze.")
    page.submit("Bewaar de aanbeveling", advice="reserve", words="Nog geen klanten.")

    again = els.get("decisions_staff.decide", key=file.key)
    assert (again.value("advice"), again.value("words")) == ("reserve", "Nog geen klanten.")
    assert announcing.decision_of(file.id) is None
    assert "Op de reservelijst" in els.get("decisions_calls.of_call", key=file.call.key).select("tbody td")[3]


def test_readers_are_counted_beside_the_decision(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury(call=a_judged_call())
    read(file, "Ann Goossens", {"C1": 5, "C2": 3})
    read(file, "Bart Mertens", {"C1": 4, "C2": None})

    page = els.get("decisions_staff.decide", key=file.key)

    assert "2 ja, 0 misschien, 0 nee" in page.text
    assert page.select(".side tbody td:last-child") == ["4,5 / 5", "3 / 5"]


def test_feedback_is_put_together_from_the_readers_texts(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury(call=a_judged_call())
    read(file, "Ann Goossens", {"C1": 5, "C2": 3}, C1="De nood is goed onderbouwd.", C2="Weinig klanten.")
    read(file, "Luc Petit", {"C1": 4}, C1="Le besoin est réel et le public est bien décrit pour le quartier.")
    page = feedback_page(els, file)
    assert page.select(".says .lang") == ["FR"]
    assert page.select(".says .need") == ["te vertalen"]
    assert "Ann Goossens" in page.text

    c1 = number(file, "C1")
    page.submit(f"take={c1}:all")

    assert texts(file)["C1"].split("\n\n") == [
        "De nood is goed onderbouwd.",
        "Le besoin est réel et le public est bien décrit pour le quartier.",
    ]
    feedback_page(els, file).submit("all=1")
    assert texts(file)["C2"] == "Weinig klanten."
    shown = feedback_page(els, file).submit(f"take={c1}:", **{f"c{c1}-text": "De nood is reëel."})
    assert "De tekst is bewaard." in shown.follow().text
    assert texts(file)["C1"] == "De nood is reëel."


def test_one_text_is_added_to_what_was_typed(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury(call=a_judged_call())
    read(file, "Ann Goossens", {"C1": 5}, C1="De nood is onderbouwd.")
    read(file, "Bart Mertens", {"C1": 5}, C1="De buurt werkt mee.")
    c1 = number(file, "C1")
    page = feedback_page(els, file)
    mark = str(page.soup.select("button[name=take]")[1]["value"])

    page.submit(f"take={mark}", **{f"c{c1}-text": "Dank je."})

    assert texts(file) == {"C1": "Dank je.\n\nDe buurt werkt mee."}
    feedback_page(els, file).submit(f"take={c1}:", **{f"c{c1}-text": ""})
    assert texts(file) == {}


def test_each_button_keeps_every_text_that_is_typed(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury(call=a_judged_call())
    read(file, "Ann Goossens", {"C1": 5, "C2": 3}, C1="De nood is onderbouwd.", C2="Weinig klanten.")
    c1, c2 = number(file, "C1"), number(file, "C2")

    feedback_page(els, file).submit(f"take={c1}:", **{f"c{c1}-text": "Een.", f"c{c2}-text": "Twee."})
    assert texts(file) == {"C1": "Een.", "C2": "Twee."}
    feedback_page(els, file).submit(f"take={c1}:", **{f"c{c1}-text": "", f"c{c2}-text": ""})

    feedback_page(els, file).submit("all=1", **{f"c{c1}-text": "Getypt."})

    assert texts(file) == {"C1": "Getypt.", "C2": "Weinig klanten."}


def test_an_older_page_leaves_a_text_alone_that_it_did_not_change(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    file = before_the_jury(call=a_judged_call())
    c1, c2 = number(file, "C1"), number(file, "C2")
    older = feedback_page(els, file)
    feedback_page(greta, file).submit(f"take={c1}:", **{f"c{c1}-text": "Van Greta."})

    older.submit(f"take={c2}:", **{f"c{c2}-text": "Van Els."})

    assert texts(file) == {"C1": "Van Greta.", "C2": "Van Els."}


def test_a_reader_in_conflict_is_not_heard(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury(call=a_judged_call())
    a_conflict(file, read(file, "Wim Aerts", {"C1": 1}, C1="Niets waard."))
    db.session.commit()

    page = feedback_page(els, file)

    assert "Niets waard." not in page.text
    assert "Wim Aerts" not in page.text


def test_a_colleagues_text_is_not_overwritten(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    file = before_the_jury(call=a_judged_call())
    c1 = number(file, "C1")
    stale = feedback_page(els, file)
    feedback_page(greta, file).submit(f"take={c1}:", **{f"c{c1}-text": "Van Greta."})

    kept = stale.submit(f"take={c1}:", status=409, **{f"c{c1}-text": "Van Els."})

    assert texts(file) == {"C1": "Van Greta."}
    assert "Van Greta." in kept.text
    assert kept.value(f"c{c1}-text") == "Van Els."
    kept.submit(f"take={c1}:")
    assert texts(file) == {"C1": "Van Els."}


def test_a_text_that_is_too_long_is_kept_and_marked(els: SignedIn, clock: Clock) -> None:
    file = before_the_jury(call=a_judged_call())
    c1, long = number(file, "C1"), "a" * 4001

    refused = feedback_page(els, file).submit(f"take={c1}:", status=422, **{f"c{c1}-text": long})

    assert refused.value(f"c{c1}-text") == long
    els.post("decisions_staff.feedback", {"take": "999999:"}, key=file.key, status=409)
    assert texts(file) == {}


def test_the_letter_is_read_before_it_exists(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    file = before_the_jury("fr", call=a_judged_call())
    assert "nog niets beslist" in els.get("decisions_staff.letter", key=file.key).text
    take(file, State.DECLINED)
    page = els.get("decisions_staff.feedback", key=file.key)
    c1 = number(file, "C1")
    page.submit(f"take={c1}:", **{f"c{c1}-text": "Le besoin est réel."})

    letter = els.get("decisions_staff.letter", key=file.key)

    assert letter.soup.select("article[lang=fr]")
    assert "Finalité sociale" in letter.text
    assert "Le besoin est réel." in letter.text
    assert "decision_declined" not in mailbox.kinds


def test_what_was_told_is_corrected_and_not_decided_again(els: SignedIn, clock: Clock) -> None:
    file = a_published_decision()

    els.get("decisions_staff.decide", key=file.key, status=302)
    els.post("decisions_staff.decide", {"outcome": "declined"}, key=file.key, status=409)
    els.post("decisions_staff.advise", {"advice": "declined"}, key=file.key, status=409)
    for lang, words in (("nl", "De beslissing is meegedeeld"), ("fr", "La décision est communiquée")):
        assert words in els.get("decisions_staff.feedback", key=file.key, lang=lang, status=409).text


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_pages_of_a_file_open_within_their_budget(els: SignedIn, clock: Clock, lang: str) -> None:
    file = before_the_jury(call=a_judged_call())
    read(file, "Ann Goossens", {"C1": 5, "C2": 3}, C1="Sterk.")
    take(file, State.ACCEPTED)

    assert_budget(els.get("decisions_staff.decide", key=file.key, lang=lang), 10)
    assert_budget(feedback_page(els, file, lang), 8)
    assert_budget(els.get("decisions_staff.letter", key=file.key, lang=lang), 6)


def test_nobody_but_staff_decides(bruno: SignedIn, farid: SignedIn, chloe: SignedIn) -> None:
    file = before_the_jury()

    for visitor in (bruno, farid, chloe):
        visitor.get("decisions_staff.decisions", status=403)
        visitor.get("decisions_calls.of_call", key=file.call.key, status=403)
        visitor.post("decisions_staff.decide", {"outcome": "accepted"}, status=403, key=file.key)
        visitor.post("decisions_calls.announce", {"decision": "1"}, status=403, key=file.call.key)


@pytest.mark.parametrize(("lang", "hint"), [("nl", "Minstens 20 tekens."), ("fr", "Au moins 20 caractères.")])
def test_how_long_the_reasons_are_at_least_is_said_before_and_after(els: SignedIn, lang: str, hint: str) -> None:
    file = before_the_jury()
    page = els.get("decisions_staff.decide", key=file.key, lang=lang)
    assert hint in page.select("#reason-h")[0]

    refused = page.submit(form=f"[formaction$='{file.key}']", outcome="declined", reason="Kort.", status=422)

    assert "20" in refused.select("#reason-e")[0]
