"""The page to read before somebody applies: everything about a programme and its call, to read or to print."""

from datetime import date
from typing import Any

import pytest

from app.programmes.models import EligibilityQuestion
from tests.builders import a_call, a_criterion, a_programme, a_step, a_version, added, both, the_form
from tests.pages import PageClient, assert_budget

PAGE = "programmes_public.before"


@pytest.fixture
def call(app: Any) -> Any:
    """An open call of Peps that asks the whole form."""
    programme = a_programme(
        "peps",
        price=both("€\u00a0150", "150\u00a0€"),
        commitment=both("vijf halve dagen", "cinq demi-journées"),
        question=both("We zijn jong.", "Nous sommes jeunes."),
        to_send=both("- het verslag", "- le rapport"),
    )
    return a_call(programme, version=a_version(the_form()), fee=both("", ""))


def test_it_says_what_it_costs_when_it_is_and_what_to_send(client: PageClient, call: Any) -> None:
    a_step(call, on=date(2027, 3, 1), position=1)

    page = client.get(PAGE, slug="peps-fr", lang="fr")

    assert page.soup.h1.get_text() == "Avant de poser votre candidature\u00a0: Peps"
    assert [
        one for one in ("150\u00a0€", "cinq demi-journées", "Nous sommes jeunes.", "le rapport") if one not in page.text
    ] == []
    assert [tag["datetime"] for tag in page.main.select("#dates ~ dl time")] == ["2027-03-01"]
    assert page.main.select_one("a.button")["href"].startswith("/fr/candidature/peps-fr")  # type: ignore[index, union-attr]


def test_it_says_for_whom_it_is_and_where_others_go(client: PageClient, call: Any) -> None:
    for position, kind in enumerate(("team", "stage"), 1):
        texts = {name: both(f"{name} {kind} nl", f"{name} {kind} fr") for name in ("name", "text", "hint", "advice")}
        added(EligibilityQuestion(call_id=call.id, position=position, kind=kind, **texts))

    rows = [row.get_text(" ", strip=True) for row in client.get(PAGE, slug="peps-nl").main.select("#whom ~ dl > div")]

    assert rows[0] == "name team nl text team nl hint team nl Zo niet: advice team nl"
    assert "advice" not in rows[1], "the check offers other programmes below its advice; here the finder does"
    assert "Zoek het programma" in rows[1]


def test_the_rubric_is_whole(client: PageClient, call: Any) -> None:
    a_criterion(call, "C1", weight=60)
    a_criterion(call, "C2", weight=40)

    page = client.get(PAGE, slug="peps-fr", lang="fr")

    assert [tag.get_text()[-4:] for tag in page.main.select("#rubric ~ h3")] == ["60\u202f%", "40\u202f%"]
    assert page.text.count("solide") == 2


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_every_question_is_there_with_a_sample_answer_where_people_write(
    client: PageClient, call: Any, lang: str
) -> None:
    page = client.get(PAGE, slug=f"peps-{lang}", lang=lang)

    asked = [question for section in the_form()["section"] for question in section["question"]]
    shown = page.main.select("ol.asked > li")
    assert len(shown) == len(asked)
    for item, question in zip(shown, asked, strict=True):
        assert item.get_text().strip().startswith(question["label"][lang])
        assert [field["label"][lang] in item.get_text() for field in question.get("field", [])].count(False) == 0
        if question["kind"] == "long_text":
            assert item.select_one(".sample").parent.get_text(" ", strip=True).endswith(question["example"][lang])  # type: ignore[union-attr]


def test_it_costs_four_statements(client: PageClient, call: Any) -> None:
    client.get(PAGE, slug="peps-nl")

    assert_budget(client.get(PAGE, slug="peps-nl"), 4)


def test_a_programme_without_a_call_has_the_page_too(client: PageClient) -> None:
    a_programme("seeds", tagline=both("Van idee naar plan", "De l’idée au projet"))

    page = client.get(PAGE, slug="seeds-nl")

    assert "Van idee naar plan" in page.text
    assert page.main.select("ol.asked, #rubric, #dates, a.button") == []
    client.get(PAGE, slug="nergens", status=404)


def test_every_page_on_the_way_to_the_form_leads_here(client: PageClient, call: Any) -> None:
    texts = {name: both(name, name) for name in ("name", "text", "hint", "advice")}
    added(EligibilityQuestion(call_id=call.id, position=1, kind="team", **texts))
    here = "/nl/programmas/peps-nl/vooraf"

    for page in (
        client.get("programmes_public.programme", slug="peps-nl"),
        client.get("programmes_public.open_calls"),
        client.get("programmes_check.conditions", slug="peps-nl"),
        client.get("applications_public.start", slug="peps-nl"),
    ):
        assert here in page.links("main a"), page.path
