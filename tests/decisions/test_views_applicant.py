"""What an applicant reads after the decision, and what they answer."""

import pytest

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import db
from app.decisions.actions.deciding import write_feedback
from tests.builders import a_person
from tests.conftest import Clock
from tests.deciding import REASON, a_judged_call, a_published_decision, announce, before_the_jury, read, take
from tests.letters import Mailbox
from tests.pages import assert_budget
from tests.people import AMINA, BRUNO, SignedIn, known, signed_in


def a_full_decision(person_part: str, clock: Clock) -> Application:
    """Told, with feedback on one criterion and scores on both."""
    person = known(BRUNO if person_part == "nl" else AMINA)
    file = before_the_jury(person_part, call=a_judged_call(), person=person)
    read(file, "Ann Goossens", {"C1": 5, "C2": None})
    read(file, "Bart Mertens", {"C1": 4, "C2": 2})
    text = {"nl": "De nood is onderbouwd.", "fr": "Le besoin est étayé."}[person_part]
    write_feedback(file, file.call.criteria[0].id, text, by=a_person(), at=clock())
    take(file, State.DECLINED)
    return file


@pytest.mark.parametrize(
    ("lang", "text", "figures"),
    [
        ("nl", "De nood is onderbouwd.", ["4,5 op 5", "2 op 5"]),
        ("fr", "Le besoin est étayé.", ["4,5 sur 5", "2 sur 5"]),
    ],
)
def test_reasons_and_scores_are_read_after_telling_without_names(
    els: SignedIn, clock: Clock, mailbox: Mailbox, lang: str, text: str, figures: list[str]
) -> None:
    file = a_full_decision(lang, clock)
    mine = signed_in(els.app, BRUNO if lang == "nl" else AMINA)
    before = mine.get("applications_applicant.status", key=file.key, lang=lang)
    assert REASON[lang] not in before.text
    assert text not in before.text
    announce(file)

    page = mine.get("applications_applicant.status", key=file.key, lang=lang)

    assert REASON[lang] in page.text
    assert text in page.text
    assert page.select("h3 .num") == figures
    assert "Goossens" not in page.text
    assert text in mailbox.last("decision_declined").text
    assert_budget(page, 8)


def test_a_score_given_afterwards_changes_nothing(bruno: SignedIn, clock: Clock) -> None:
    file = a_full_decision("nl", clock)
    announce(file)
    clock.forward(days=1)

    read(file, "Rik Smets", {"C1": 1, "C2": 1})
    db.session.commit()

    page = bruno.get("applications_applicant.status", key=file.key)
    assert page.select("h3 .num") == ["4,5 op 5", "2 op 5"]


def test_a_place_is_confirmed_until_its_last_day_and_may_be_given_up(
    bruno: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    file = a_published_decision(person=bruno.person)
    status = bruno.get("applications_applicant.status", key=file.key)

    done = status.click("Mijn plaats bevestigen of ervan afzien").submit(answer="confirmed").follow()

    assert done.text.count("bevestigd") == 2  # once in the heading, once as a step of the way: not said again
    assert not done.select("main [role=status]")
    assert mailbox.kinds.count("place_confirmed") == 1
    again = done.click("Afzien van mijn plaats").submit(answer="declined_by_team", reason="We zijn verhuisd.").follow()
    assert "Plaats niet aangenomen" in again.text
    assert "Jouw reden" in again.text
    assert mailbox.last("place_given_up").language == "nl"
    bruno.get("decisions_applicant.place", key=file.key, status=302)
    bruno.post("decisions_applicant.place", {"answer": "confirmed"}, key=file.key, status=409)


def test_after_the_last_day_nobody_confirms_by_themselves(bruno: SignedIn, clock: Clock) -> None:
    file = a_published_decision(person=bruno.person)
    page = bruno.get("decisions_applicant.place", key=file.key)
    clock.forward(days=20)

    refused = page.submit(answer="confirmed", reason="We waren op reis.", status=422)

    assert refused.value("reason") == "We waren op reis."
    db.session.rollback()
    assert db.session.get_one(Application, file.id).state == State.ACCEPTED


def test_nobody_answers_for_another(bruno: SignedIn, amina: SignedIn, clock: Clock) -> None:
    file = a_published_decision(person=bruno.person)

    amina.get("decisions_applicant.place", key=file.key, status=404)
    amina.post("decisions_applicant.place", {"answer": "declined_by_team"}, key=file.key, status=404)
