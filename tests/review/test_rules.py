"""Sums, states, what a review lacks, what is hidden, what differs."""

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from app.applications.rules.states import State
from app.core.i18n.bilingual import Bilingual
from app.programmes.rules.rubric import scale
from app.questionnaires.rules.kinds.base import Line
from app.review.rules.differing import differences
from app.review.rules.finishing import problems
from app.review.rules.reading import ReadingState, following, in_line, neighbours, state_of
from app.review.rules.scoring import Opinion, Scored, Written, merge, spread, total, weighted_mean
from app.review.rules.showing import Part, Shown
from app.reviewers.rules.plan import Blind
from app.reviewers.rules.redaction import HIDDEN, Redactor, sees_identities

TITLE = Bilingual("Doel", "But")
NOON = datetime(2027, 2, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Measure:
    """A criterion without a database."""

    id: int
    weight: int
    highest: int = 5
    lowest: int = 1
    reason_under: int = 0
    title: Bilingual = TITLE

    @property
    def scores(self) -> range:
        return scale(self.lowest, self.highest)

    def needs_reason(self, score: int) -> bool:
        return score < self.reason_under


@dataclass(frozen=True)
class Given:
    """A file of a reader without a database."""

    application_id: int
    reviewer_id: int = 1
    begun_at: datetime | None = None
    done_at: datetime | None = None
    read: int | None = None
    last: int = 1
    decided: bool = False


def test_weighted_mean_runs_over_what_was_answered() -> None:
    assert weighted_mean([]) is None
    assert weighted_mean([Scored(50, 5, 5), Scored(50, 0, 5)]) == 50
    assert weighted_mean([Scored(60, 3, 5)]) == 60
    assert weighted_mean([Scored(25, 10, 10), Scored(75, 1, 5)]) == pytest.approx(40)


def test_total_leaves_out_what_was_not_scored_or_cannot_be_judged() -> None:
    criteria = [Measure(1, 50), Measure(2, 30), Measure(3, 20, highest=10)]

    written = Written({1: Opinion(4), 2: Opinion(cannot_judge=True), 3: Opinion()})

    assert total(criteria, written) == 80
    assert written.scored == 1
    assert total(criteria, Written()) is None


def test_spread_needs_two_scores() -> None:
    assert spread([1, None, 4]) == 3
    assert spread([3, None]) is None
    assert spread([2, 2]) == 0


@pytest.mark.parametrize(
    ("under", "opinion", "found"),
    [
        (0, Opinion(1), []),
        (3, Opinion(3), []),
        (3, Opinion(2), ["r7"]),
        (3, Opinion(2, reason="Vaag"), []),
        (6, Opinion(5), ["r7"]),
        (6, Opinion(cannot_judge=True), []),
        (0, Opinion(), ["c7-1"]),
        (0, Opinion(3, reason="x" * 4001), ["r7"]),
    ],
)
def test_a_review_lacks_scores_and_the_reasons_that_the_call_asks_for(
    app: object, under: int, opinion: Opinion, found: list[str]
) -> None:
    lacking = problems([Measure(7, 100, reason_under=under)], Written({7: opinion}), "nl")

    assert [control for control, _sentence in lacking] == found


def test_two_texts_of_one_review_are_put_together_and_only_what_both_wrote_is_asked() -> None:
    mine = Written({1: Opinion(4, reason="a"), 2: Opinion(), 3: Opinion(2)}, "yes", "")
    theirs = Written({1: Opinion(3), 2: Opinion(5), 3: Opinion(2)}, "", "voor de jury")

    merged = merge(mine, theirs)

    assert merged.conflicts == ("1",)
    assert merged.written == Written({1: Opinion(4, reason="a"), 2: Opinion(5), 3: Opinion(2)}, "yes", "voor de jury")
    assert merge(mine.taking("1", theirs), theirs).conflicts == ()
    assert mine.taking("comment", theirs).comment == "voor de jury"
    assert mine.taking("no such thing", theirs) == mine


@pytest.mark.parametrize(
    ("blind", "done", "state", "sees"),
    [
        (Blind.NEVER, False, State.IN_REVIEW, True),
        (Blind.SCORED, False, State.JURY, False),
        (Blind.SCORED, True, State.IN_REVIEW, True),
        (Blind.JURY, True, State.INTERVIEW, False),
        (Blind.JURY, False, State.JURY, True),
        (Blind.JURY, True, State.CONFIRMED, True),
        (Blind.UNTIL_PUBLISHED, True, State.JURY, False),
        (Blind.UNTIL_PUBLISHED, False, State.RESERVE, True),
    ],
)
def test_who_sees_whose_file_it_is(blind: Blind, done: bool, state: State, sees: bool) -> None:
    assert sees_identities(blind, done=done, state=state) is sees


@pytest.mark.parametrize(
    ("text", "veiled"),
    [
        ("Zoë Van den Broeck leidt.", "▒ leidt."),
        ("ZOE kookt, Broecks buur ook.", "▒ kookt, ▒ buur ook."),
        ("zoe_broeck en zoevandenbroeck", "▒_▒ en ▒"),
        ("Schrijf naar info@zoë.be of www.zoe.be/x.", "Schrijf naar ▒ of ▒"),
        ("Bel 0470 12 34 56 of +32 (0)2 345.67.89!", "Bel ▒ of ▒!"),
        ("Bo kookt, bo niet. Van den weg.", "▒ kookt, bo niet. Van den weg."),
        ("Zoeken en Broeckhout blijven, 2016–2020 en 62 000 ook.", None),
        ("Zoe\u0308 met een los trema", "▒ met een los trema"),
    ],
)
def test_a_veil_hides_names_however_they_are_spelled(text: str, veiled: str | None) -> None:
    redactor = Redactor(["Zoë Van den Broeck", "Bo Li", ""])

    assert redactor.redact(text).replace(HIDDEN, "▒") == (text if veiled is None else veiled)


@pytest.mark.parametrize(
    ("text", "veiled"),
    [
        ("Jean-Pierre Van den Berghe", "▒"),
        ("jean pierre vandenberghe, JEANPIERRE", "▒, ▒"),
        ("J.-P. van den Berghe en mevrouw Van Den Berghe", "▒ en mevrouw ▒"),
        ("O’Neill, O'NEILL, Oneill en Neill", "▒, ▒, ▒ en ▒"),
        ("Anne‑Sophie de la Tour; famille de la Tour; Latour", "▒; famille ▒; ▒"),
        ("Łukasz Sørensen, Lukasz Sorensen", "▒ ▒, ▒ ▒"),
        ("Van de markt naar de toren, o ja, la tournée", "Van de markt naar de toren, o ja, la tournée"),
    ],
)
def test_a_compound_name_is_hidden_whole(text: str, veiled: str) -> None:
    people = ["Jean-Pierre Van den Berghe", "Sean O'Neill", "Anne-Sophie de la Tour", "Lukasz", "Sørensen"]

    assert Redactor(people).redact(text).replace(HIDDEN, "▒") == veiled


def test_a_surname_that_is_a_particle_is_hidden_too() -> None:
    veiled = Redactor(["Karim Ben"]).redact("Karim Ben, Cuisine. Ik ben blij, Ben kookt.").replace(HIDDEN, "▒")

    assert veiled == "▒, Cuisine. Ik ben blij, ▒ kookt."


def test_a_veil_over_nobody_still_hides_addresses() -> None:
    assert Redactor([]).redact("a@b.be, Zoë") == f"{HIDDEN}, Zoë"


@pytest.mark.parametrize(
    ("file", "state"),
    [
        (Given(1), ReadingState.TO_READ),
        (Given(1, begun_at=NOON, read=1), ReadingState.BEGUN),
        (Given(1, begun_at=NOON, read=1, last=2), ReadingState.CHANGED),
        (Given(1, begun_at=NOON, done_at=NOON, read=1, last=2), ReadingState.CHANGED),
        (Given(1, begun_at=NOON, done_at=NOON, read=2, last=2), ReadingState.DONE),
        (Given(1, decided=True), ReadingState.CLOSED),
        (Given(1, begun_at=NOON, done_at=NOON, read=1, last=2, decided=True), ReadingState.DONE),
    ],
)
def test_how_far_a_reader_is_with_a_file(file: Given, state: ReadingState) -> None:
    assert state_of(file) is state


def test_each_reader_has_an_order_of_their_own_that_stays_when_files_are_added() -> None:
    orders = {
        tuple(one.application_id for one in in_line(Given(n, reviewer) for n in range(8))) for reviewer in range(5)
    }
    before = in_line([Given(n) for n in range(8)])
    after = in_line([Given(n) for n in range(9)])

    assert len(orders) == 5
    assert [one for one in after if one.application_id != 8] == before


def test_the_next_file_comes_after_this_one_and_then_from_the_beginning() -> None:
    done = {"begun_at": NOON, "done_at": NOON, "read": 1}
    line = [Given(1), Given(2, **done), Given(3), Given(4, decided=True)]  # type: ignore[arg-type]

    assert following(line, 0) == line[0]
    assert following(line, 1) == line[2]
    assert following(line, 3) == line[0]
    assert following([line[0], line[1]], 1) is None
    assert neighbours(line, 1) == (1, None, line[1])
    assert neighbours(line, 4) == (4, line[2], None)


def test_differences_show_both_texts_word_by_word() -> None:
    def part(*answers: tuple[str, str]) -> list[Part]:
        rows = [Shown(key, key, "", [Line.of(text, True)] if text else []) for key, text in answers]
        return [Part("p", "p", rows)]

    found = differences(
        part(("a", "wij koken soep"), ("b", "zelfde"), ("gone", "weg")), part(("a", "wij bakken soep"), ("b", "zelfde"))
    )

    assert [one.question for one in found] == ["a", "gone"]
    assert [(piece.text, piece.changed) for piece in found[0].before] == [
        ("wij ", False),
        ("koken", True),
        (" soep", False),
    ]
    assert [piece.text for piece in found[0].after if piece.changed] == ["bakken"]
    assert found[1].after == []
