"""Which programme fits: the rule, and the page that asks."""

import pytest

from app.core.db.base import db
from app.programmes.forms.finder import QUESTIONS
from app.programmes.models import EligibilityQuestion
from app.programmes.rules.fitting import Elsewhere, Situation, Stage, elsewhere, fitting
from tests.builders import a_call, a_programme, both
from tests.pages import PageClient, assert_budget

FINDER = "programmes_public.finder"


class Offer:
    """A programme as the rule sees it."""

    def __init__(self, serves: str) -> None:
        self.serves = serves


def test_a_programme_fits_the_stages_that_it_serves() -> None:
    both, late = Offer("idea start"), Offer("grown")

    assert fitting([both, late], Stage.START) == [both]
    assert fitting([both, late], Stage.GROWN) == [late]
    assert fitting([both, late], Stage.SEVERAL) == []
    assert fitting([both, late], None) == []


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        (Situation(), []),
        (Situation(in_brussels=False), [Elsewhere.NOT_IN_BRUSSELS]),
        (Situation(stage=Stage.START, alone=True), [Elsewhere.ALONE]),
        (Situation(stage=Stage.IDEA, alone=True), []),
        (Situation(purpose_first=False, in_brussels=False), [Elsewhere.NOT_IN_BRUSSELS, Elsewhere.PROFIT_FIRST]),
    ],
)
def test_another_house_is_named_where_it_helps_better(situation: Situation, expected: list[Elsewhere]) -> None:
    assert elsewhere(situation) == expected


def test_every_stage_leads_to_a_programme_of_the_starting_content(client: PageClient, content: None) -> None:
    found = {stage: client.get(FINDER, stage=stage.value).select(".panel h3") for stage in Stage}

    assert found == {
        Stage.IDEA: ["Inspire"],
        Stage.START: ["Seeds"],
        Stage.YOUNG: ["Peps"],
        Stage.GROWN: ["Blossom"],
        Stage.SEVERAL: ["Innovate"],
    }


def test_an_open_call_can_be_entered_and_a_closed_one_says_what_to_do(client: PageClient) -> None:
    a_call(a_programme("seeds", serves="start"))
    a_call(a_programme("peps", serves="young"), open=False)

    assert client.get(FINDER, stage="start").links(".panel a.button") == ["/nl/kandidatuur/seeds-nl?stage=start"]
    closed = client.get(FINDER, stage="young", lang="fr")
    assert closed.links(".panel a.button") == []
    assert "En attendant le prochain appel" in closed.text


def test_choices_stay_travel_to_the_other_language_and_leave_no_cookie(client: PageClient) -> None:
    page = client.get(FINDER).submit("Toon wat past", status=200, stage="grown", team="one", place="other")

    assert "Set-Cookie" not in page.headers
    twin = client.get_path(page.links('.langs a[hreflang="fr"]')[0])
    assert [tag["id"] for tag in twin.main.select("input[checked]")] == ["stage-grown", "team-one", "place-other"]
    assert "iES" in twin.text
    assert "JobYourself" in twin.text


@pytest.mark.parametrize("query", ["stage=x", "stage=", "stage=idea&stage=grown", "team=%27", "stage=" + "x" * 3000])
def test_nonsense_is_left_out(client: PageClient, query: str) -> None:
    assert len(client.get_path(f"/nl/welk-programma?{query}").main.select("fieldset")) == len(QUESTIONS)


def test_the_page_takes_the_same_statements_for_one_and_for_many(client: PageClient) -> None:
    for number in range(12):
        a_programme(f"p{number}", serves="idea")
        assert_budget(client.get(FINDER, stage="idea"), 3)


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "Beantwoord minstens één vraag"), ("fr", "Répondez à une question au moins")]
)
def test_sent_empty_both_short_forms_say_what_to_do(client: PageClient, lang: str, words: str) -> None:
    call = a_call(a_programme("seeds"))
    asked = {name: both("Vraag") for name in ("name", "text", "hint", "advice")}
    db.session.add(EligibilityQuestion(call_id=call.id, position=1, kind="yes_no", **asked))
    db.session.flush()

    for page in (
        client.get(FINDER, lang=lang),
        client.get("programmes_check.conditions", lang=lang, slug=call.programme.slug[lang]),
    ):
        sent = page.submit(status=200)
        assert (page.problems, sent.problems) == ([], [words])
        assert sent.main.select(sent.links("[role=alert] a")[0])


def test_the_answer_comes_before_the_questions_once_they_are_answered(client: PageClient, content: None) -> None:
    asked, answered = client.get(FINDER), client.get(FINDER, sent="1", stage="start")

    for page, first in ((asked, "form"), (answered, "section")):
        assert page.main.select(".columns > form, .columns > section")[0].name == first
    assert (asked.select("#fits"), answered.select("#fits")) == (["Wat past"], ["Dit past bij jou"])
    assert answered.main.select_one("#fits")["tabindex"] == "-1"  # type: ignore[index]
    assert answered.main.select_one("form")["action"].endswith("#fits")  # type: ignore[index,union-attr]


def test_ten_examples_of_ideas_lead_to_enterprises_like_them(client: PageClient, content: None) -> None:
    page = client.get(FINDER, lang="fr")
    ideas = page.main.select("li[id^=idea-]")

    assert len(ideas) == 10
    assert len({str(idea["id"]) for idea in ideas}) == 10
    for idea in ideas:
        client.get_path(str(idea.select_one("a")["href"]))  # type: ignore[index]
