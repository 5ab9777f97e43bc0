"""The scale of each criterion, and when a score needs a reason: set by the team, shown to everybody."""

import pytest
from flask import Flask

from app.core.db.base import db
from app.core.i18n.bilingual import LOCALES
from app.programmes.actions import calls
from app.programmes.models import Call, Criterion
from app.programmes.queries.sheets import gate_of
from app.programmes.rules.gate import criteria_issues
from app.programmes.rules.rubric import ReasonNeeded, is_scale, reason_needed, reason_under, scale
from tests.builders import a_call, a_criterion, a_step, both
from tests.conftest import Clock
from tests.pages import PageClient
from tests.people import SignedIn

PAGE = "programmes_rows.criteria"


@pytest.fixture
def call(app: Flask, clock: Clock) -> Call:
    """A call that nobody has seen yet, with one criterion of 1 to 5."""
    made = a_call(published_at=None)
    criterion = a_criterion(made, weight=100)
    db.session.commit()
    db.session.refresh(criterion)
    return made


def words(criterion: Criterion, *scores: int) -> dict[str, str]:
    """A sentence in both languages for each of these scores."""
    return {f"criterion:{criterion.id}:score{score}_{side}": f"{score}" for score in scores for side in LOCALES}


def name(criterion: Criterion, field: str) -> str:
    """The name of a control."""
    return f"criterion:{criterion.id}:{field}"


@pytest.mark.parametrize(
    ("needed", "below", "under"), [(ReasonNeeded.NEVER, 3, 0), (ReasonNeeded.UNDER, 3, 3), (ReasonNeeded.ALWAYS, 0, 6)]
)
def test_one_number_says_when_a_reason_is_needed(needed: ReasonNeeded, below: int, under: int) -> None:
    assert reason_under(needed, below, 5) == under
    assert reason_needed(under, 5) is needed


def test_a_scale_begins_at_0_or_1_and_has_two_scores_at_least_and_ten_at_most() -> None:
    assert [ends for ends in ((0, 1), (1, 2), (0, 10), (1, 1), (2, 5), (0, 11), (1, -1)) if is_scale(*ends)] == [
        (0, 1),
        (1, 2),
        (0, 10),
    ]
    assert list(scale(0, 3)) == [0, 1, 2, 3]


def test_the_team_gives_a_criterion_its_own_scale_and_words(els: SignedIn, call: Call) -> None:
    one = call.criteria[0]
    page = els.get(PAGE, key=call.key)

    wider = page.submit(**{name(one, "lowest"): "0", name(one, "highest"): "3", name(one, "reason"): "always"}).follow()
    assert wider.select(f"[name='{name(one, 'score5_nl')}']") == []
    wider.submit(**words(one, 0, 1, 2, 3))

    db.session.refresh(one)
    assert (one.lowest, one.highest, one.reason_under) == (0, 3, 4)
    assert [anchor.score for anchor in one.anchors] == [0, 1, 2, 3]
    assert criteria_issues(call.criteria) == []
    again = els.get(PAGE, key=call.key)
    assert [again.value(name(one, field)) for field in ("lowest", "highest", "reason", "below")] == [
        "0",
        "3",
        "always",
        "",
    ]


def test_the_gate_asks_for_words_for_each_score_of_the_own_scale(els: SignedIn, call: Call, clock: Clock) -> None:
    one = call.criteria[0]
    one.highest = 10

    issues = [issue.sentence for issue in gate_of(call, {}, clock()) if issue.page == "criteria"]

    assert issues == ["C1: schrijf wat 8 scores betekenen"]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"highest": "11"}, "Vul een hoogste score in, van 2 tot 10"),
        ({"highest": "1"}, "Vul een hoogste score in, van 2 tot 10"),
        ({"highest": "9" * 30}, "Vul een hoogste score in, van 2 tot 10"),
        ({"highest": "tien"}, "Vul een hoogste score in, van 2 tot 10"),
        ({"reason": "under"}, "‘Score waaronder een motivering nodig is’: Kies een score van 2 tot 5"),
        ({"reason": "under", "below": "1"}, "‘Score waaronder een motivering nodig is’: Kies een score van 2 tot 5"),
        ({"reason": "under", "below": "6"}, "‘Score waaronder een motivering nodig is’: Kies een score van 2 tot 5"),
    ],
)
def test_a_scale_that_makes_no_sense_is_refused(
    els: SignedIn, call: Call, changes: dict[str, str], sentence: str
) -> None:
    one = call.criteria[0]

    refused = els.get(PAGE, key=call.key).submit(status=422, **{name(one, key): said for key, said in changes.items()})

    assert refused.problems == [f"C1 Maatschappelijk doel – {sentence}"]
    db.session.refresh(one)
    assert (one.highest, one.reason_under) == (5, 0)


def test_odd_choices_fall_back_to_the_usual_ones(els: SignedIn, call: Call) -> None:
    one = call.criteria[0]
    sent = els.get(PAGE, key=call.key)
    fields = {
        name(one, "title_nl"): "Doel",
        name(one, "title_fr"): "But",
        name(one, "weight"): "100",
        name(one, "highest"): "5",
        name(one, "lowest"): "\x00",
        name(one, "reason"): "soms",
    }

    els.post_path(sent.path, fields)

    db.session.refresh(one)
    assert (one.lowest, one.highest, one.reason_under) == (1, 5, 0)


def test_the_scale_stays_once_the_call_has_opened(els: SignedIn, call: Call, clock: Clock) -> None:
    one = call.criteria[0]
    els.get(PAGE, key=call.key).submit(**words(one, 1, 2, 3, 4, 5))
    call.published_at = clock()
    page = els.get(PAGE, key=call.key)

    refused = page.submit(status=422, **{name(one, "highest"): "4"})
    why = {"reason_nl": "Een lage score vraagt uitleg.", "reason_fr": "Un score bas demande une explication."}
    page.submit(**{name(one, "reason"): "under", name(one, "below"): "3"}, **why)

    (said,) = refused.problems
    assert said.startswith("C1 Maatschappelijk doel – ‘Hoogste score’: De schaal blijft zoals ze is: de oproep is open")
    db.session.refresh(one)
    assert (one.highest, one.reason_under) == (5, 3)


def test_a_new_edition_keeps_scale_words_and_reasons(els: SignedIn, call: Call, clock: Clock) -> None:
    one = call.criteria[0]
    one.lowest, one.highest, one.reason_under = 0, 7, 4

    copy = calls.copy_call(call, by=els.person, at=clock()).criteria[0]

    assert (copy.lowest, copy.highest, copy.reason_under) == (0, 7, 4)
    assert [(anchor.score, anchor.text) for anchor in copy.anchors] == [
        (1, both("zwak", "faible")),
        (5, both("sterk", "solide")),
    ]


def test_everybody_reads_what_each_score_means(client: PageClient) -> None:
    call = a_call()
    one = a_criterion(call, weight=100)
    one.lowest = 0

    page = client.get("programmes_public.before", slug=call.programme.slug.nl)

    items = page.main.select("#rubric ~ ol > li")
    assert [(item.get("value"), item.get_text()) for item in items] == [(None, "zwak"), ("5", "sterk")]


@pytest.mark.parametrize("lang", LOCALES)
def test_each_error_names_its_criterion(els: SignedIn, call: Call, lang: str) -> None:
    one = call.criteria[0]
    more = {"criterion:new0:title_nl": "Nood", "criterion:new0:title_fr": "Besoin", "criterion:new0:weight": "200"}

    refused = els.get(PAGE, key=call.key, lang=lang).submit(status=422, **{name(one, "weight"): "-1"}, **more)

    named = {"nl": ["C1 Maatschappelijk doel – ", "Nood – "], "fr": ["C1 Finalité sociale – ", "Besoin – "]}[lang]
    assert [said.startswith(start) for said, start in zip(refused.problems, named, strict=True)] == [True, True]


@pytest.mark.parametrize("lang", LOCALES)
def test_each_error_of_the_selection_plan_names_its_line(els: SignedIn, call: Call, lang: str) -> None:
    a_step(call)

    refused = els.get("programmes_rows.steps", key=call.key, lang=lang).submit(
        status=422, form="main form", **{f"step:{call.steps[0].id}:on": ""}
    )

    assert [said.split(" – ")[0] for said in refused.problems] == [{"nl": "Gesprekken", "fr": "Entretiens"}[lang]]
