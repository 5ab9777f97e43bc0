"""Pages of the selection: the hub, the ranking, the effect of weights, two files side by side, the downloads."""

import io
import zipfile
from datetime import timedelta

import pytest
from flask import Flask

from app.applications.models import Application, Submission
from app.applications.queries import last_submission
from app.applications.rules import State
from app.core import clock, looks
from app.core.db import db
from app.programmes.models import Call
from app.ranking import exports, queries
from app.ranking.rules import Board
from app.readers.models import ReadingPlan
from tests.builders import a_call, a_criterion, a_person, added, an_application
from tests.conftest import Clock
from tests.pages import PageClient, assert_budget
from tests.people import CHLOE, FARID, SignedIn, known, signed_in
from tests.ranking.many import a_read_call
from tests.selection import a_conflict, a_review

LANGUAGES = pytest.mark.parametrize("lang", ["nl", "fr"])


@pytest.fixture
def call(app: Flask) -> Call:
    """Two places, two criteria of weight 75 and 25, three planned readings."""
    made = a_call(places=2)
    a_criterion(made, "C1", weight=75)
    a_criterion(made, "C2", weight=25)
    db.session.refresh(made)
    return made


@pytest.fixture
def files(call: Call, clock: Clock) -> list[Application]:
    """Four files read by Ann and Bob: 95, 80, 77.5 and one that nobody read; Bob alone judges the third."""
    made = [an_application(call=call, state=State.IN_REVIEW, language="fr") for _number in range(4)]
    for number, file in enumerate(made):
        file.title = f"Dossier {number}"
    ann, bob = a_person("Ann Aerts"), a_person("Bob Baert")
    a_review(made[0], ann, {"C1": 5, "C2": 5})
    a_review(made[0], bob, {"C1": 5, "C2": 3})
    a_review(made[1], ann, {"C1": 5, "C2": 5})
    a_review(made[1], bob, {"C1": 2, "C2": 5})
    a_review(made[2], bob, {"C1": 4, "C2": None})
    call.closes_at = clock.at
    db.session.flush()
    return made


def titles(page: object) -> list[str]:
    """The files of a table in their order."""
    return list(page.select("main table.rank tbody th a"))  # type: ignore[attr-defined]


@LANGUAGES
def test_the_ranking_of_a_call(els: SignedIn, call: Call, files: list[Application], lang: str) -> None:
    page = els.get("ranking_staff.ranking", key=call.key, lang=lang)

    rows = _cells(page)
    assert titles(page) == ["Dossier 0", "Dossier 2", "Dossier 1", "Dossier 3"]
    assert [row[1] for row in rows] == ["1", "2", "3", "–"]
    assert [row[5] for row in rows] == ["95,0", "80,0", "77,5", "–"]
    assert [row[3] for row in rows] == ["5,0", "4,0", "3,5", "–"]
    assert [row[9] for row in rows] == ["2/3", "1/3", "2/3", "0/3"]
    assert {"nl": "Lezers ver uiteen op C1 (3)", "fr": "Avis éloignés sur C1 (3)"}[lang] in rows[2][10]
    assert page.soup.select_one("tr:has(.wide) .dots.wide") is not None


def _cells(page: object) -> list[list[str]]:
    rows = page.soup.select("main table.rank tbody tr:not(.cut)")  # type: ignore[attr-defined]
    return [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])] for row in rows]


def test_the_line_stands_after_the_last_place_and_around_it_is_a_band(
    els: SignedIn, call: Call, files: list[Application]
) -> None:
    page = els.get("ranking_staff.ranking", key=call.key)

    before = page.soup.select_one("tr.cut").find_all_previous("tr")
    assert len([row for row in before if row.find("td")]) == 2
    assert "op de lijn: bespreken" in page.text
    assert "2,5 onder de lijn: bespreken" in page.text
    assert "de jury beslist" in page.text
    band = els.get("ranking_staff.ranking", key=call.key, only="band")
    assert titles(band) == ["Dossier 2", "Dossier 1"]
    assert band.soup.select("tr.cut") == []


@pytest.mark.parametrize(
    ("sort", "wanted"),
    [("reference", "0123"), ("spread", "1023"), ("median", "0213"), ("raw", "0213"), ("nonsense", "0213")],
)
def test_the_order_is_asked_by_address(
    els: SignedIn, call: Call, files: list[Application], sort: str, wanted: str
) -> None:
    page = els.get("ranking_staff.ranking", key=call.key, sort=sort)

    assert titles(page) == [f"Dossier {number}" for number in wanted]
    assert len(page.soup.select('th[aria-sort="descending"], th[aria-sort="ascending"]')) == 1


def test_the_corrected_value_stands_beside_the_value(els: SignedIn, call: Call, files: list[Application]) -> None:
    page = els.get("ranking_staff.ranking", key=call.key, sort="corrected")

    board = Board(queries.sheet_of(queries.call_of(call.key), els.person_id))
    bob = next(row for row in board.reader_rows() if row.reader.name == "Bob Baert")
    assert bob.mildness is not None
    assert bob.mildness < 0
    assert f"{-bob.mildness:.1f}".replace(".", ",") + " punten strenger" in page.text
    assert [row[5] for row in _cells(page)] != [row[6] for row in _cells(page)]


def test_a_file_that_changed_since_it_was_read_says_so(els: SignedIn, call: Call, files: list[Application]) -> None:
    last = last_submission(files[0].id)
    assert last is not None
    assert "Gewijzigd sinds de lezing" not in els.get("ranking_staff.ranking", key=call.key).text
    added(
        Submission(application_id=files[0].id, number=2, at=clock.now(), sections=last.sections, attachments=[],
                   declarations={}, questionnaire_version_id=last.questionnaire_version_id)
    )  # fmt: skip

    page = els.get("ranking_staff.ranking", key=call.key)

    assert "Gewijzigd sinds de lezing" in _cells(page)[0][10]
    pair = els.get("ranking_staff.compare", key=call.key, a=files[0].key, b=files[1].key)
    assert pair.text.count("gelezen voor de wijziging") == 4


def test_a_file_hidden_from_me_is_on_none_of_the_pages(els: SignedIn, call: Call, files: list[Application]) -> None:
    hidden, shown = files[0], files[1]
    assert hidden.title in els.get("ranking_staff.ranking", key=call.key).text
    a_conflict(hidden, els.person)

    for endpoint in ("ranking", "weights", "compare", "as_csv", "as_workbook"):
        page = els.get(f"ranking_staff.{endpoint}", key=call.key)
        found = page.text if endpoint != "as_workbook" else _xml(page.data)
        assert "Dossier 1" in found
        assert "Dossier 0" not in found
        assert str(hidden.reference) not in found
    els.get("ranking_staff.compare", key=call.key, a=hidden.key, b=shown.key, status=404)
    assert "3 dossiers" in els.get("ranking_staff.ranking", key=call.key).text


def _xml(workbook: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return "".join(parts.read(name).decode() for name in parts.namelist() if name.endswith(".xml"))


@LANGUAGES
def test_other_weights_show_who_would_enter_and_keep_nothing(
    els: SignedIn, call: Call, files: list[Application], lang: str
) -> None:
    first, second = (criterion.id for criterion in call.criteria)
    plain = els.get("ranking_staff.weights", key=call.key, lang=lang)

    page = plain.submit(form="form[data-weights]", status=200, **{f"w{first}": "0", f"w{second}": "100"})

    assert plain.text.count({"nl": "Niemand.", "fr": "Personne."}[lang]) == 2
    enter, leave = page.soup.select(".duo > div")
    assert "Dossier 1" in enter.get_text()
    assert "Dossier 2" in leave.get_text()
    assert page.value(f"w{second}") == "100"
    assert page.soup.select_one(f"#w{second}-now").get_text() == "100"
    assert [criterion.weight for criterion in call.criteria] == [75, 25]


def test_weights_may_be_nonsense(els: SignedIn, call: Call, files: list[Application]) -> None:
    first, second = (criterion.id for criterion in call.criteria)
    nothing = els.get("ranking_staff.weights", key=call.key, **{f"w{first}": "0", f"w{second}": "0"})
    odd = els.get("ranking_staff.weights", key=call.key, **{f"w{first}": "-3", f"w{second}": "9" * 99, "without": "x"})
    much = els.get("ranking_staff.weights", key=call.key, **{f"w{first}": "900"})

    assert "Met alle wegingen op 0" in nothing.text
    assert (odd.value(f"w{first}"), odd.value(f"w{second}")) == ("75", "25")
    assert much.value(f"w{first}") == "100"


def test_without_a_reader(els: SignedIn, call: Call, files: list[Application]) -> None:
    bob = next(row for row in queries.sheet_of(queries.call_of(call.key), els.person_id).readers if "Bob" in row.name)

    page = els.get("ranking_staff.weights", key=call.key, without=bob.id)

    assert page.soup.select_one(f"#r{bob.id}").has_attr("checked")
    assert list(page.select(".duo > div:nth-child(2) li a")) == ["Dossier 2"]


@LANGUAGES
def test_two_files_side_by_side(els: SignedIn, call: Call, files: list[Application], lang: str) -> None:
    page = els.get("ranking_staff.compare", key=call.key, lang=lang, a=files[0].key, b=files[2].key)

    headings = page.select("main table.side-by:first-of-type thead th a")
    assert headings == ["Dossier 0", "Dossier 2"]
    assert "C2: 3" in page.text  # the reason that Bob wrote
    assert {"nl": "kan niet beoordelen", "fr": "ne peut pas évaluer"}[lang] in page.text
    assert len(page.soup.select("section table.side-by")) > 1
    assert {look.about for look in looks.at_things([files[0].ref, files[2].ref])} == {files[0].ref, files[2].ref}


def test_two_ticked_files_are_compared(els: SignedIn, call: Call, files: list[Application]) -> None:
    ranking = els.get("ranking_staff.ranking", key=call.key)
    form = "form:has(table.rank)"

    both = ranking.submit(form=form, status=200, file=[files[1].key, files[0].key])
    one = ranking.submit(form=form, status=200, file=[files[1].key])

    assert both.select("main table.side-by:first-of-type thead th a") == ["Dossier 1", "Dossier 0"]
    assert "Kies twee verschillende dossiers." in one.text
    assert one.value("a") == files[1].key


@pytest.mark.parametrize(("first", "second"), [("", "x"), ("x" * 500, "y"), ("0", "0")])
def test_only_files_of_the_call_are_compared(
    els: SignedIn, call: Call, files: list[Application], first: str, second: str
) -> None:
    other = an_application(state=State.JURY)

    els.get(
        "ranking_staff.compare", key=call.key, a=first, b=second, status=200 if not first or first == second else 404
    )
    els.get("ranking_staff.compare", key=call.key, a=files[0].key, b=other.key, status=404)
    assert "Kies twee" in els.get("ranking_staff.compare", key=call.key, a=files[0].key, b=files[0].key).text


def test_the_table_as_csv_opens_right_in_a_belgian_spreadsheet(
    els: SignedIn, call: Call, files: list[Application]
) -> None:
    files[0].title = "=1+1"
    page = els.get("ranking_staff.as_csv", key=call.key)

    lines = page.data.decode("utf-8-sig").split("\r\n")
    assert page.data.startswith(b"\xef\xbb\xbf")
    assert lines[0].split(";") == [
        "rank", "reference", "title", "language", "criterion_C1", "criterion_C2", "raw", "corrected", "median",
        "spread", "readings",
    ]  # fmt: skip
    first = lines[1].split(";")
    assert first[:7] == ["1", files[0].reference, "'=1+1", "fr", "5,0", "4,0", "95,0"]
    assert lines[4].split(";")[4:] == ["", "", "", "", "", "", "0"]


def test_columns_keep_their_names_and_are_unique(call: Call, files: list[Application], els: SignedIn) -> None:
    board = Board(queries.sheet_of(queries.call_of(call.key), els.person_id))

    header = exports.columns(board.sheet.measures)

    assert len(set(header)) == len(header)
    assert {len(line) for line in exports.lines(board)} == {len(header)}


@LANGUAGES
def test_the_hub_says_what_waits(els: SignedIn, call: Call, files: list[Application], clock: Clock, lang: str) -> None:
    an_application(call=call, submitted=True)
    added(ReadingPlan(call_id=call.id, due_on=clock.at.date() - timedelta(days=2)))

    page = els.get("ranking_staff.selection", lang=lang)

    assert call.title[lang] in page.select("main h2")[0]
    assert {"nl": "lezingen die niet klaar zijn, 2 dagen te laat", "fr": "lectures à terminer, 2 jours de retard"}[
        lang
    ] in page.text
    assert {"nl": "5 van 12 lezingen zijn klaar", "fr": "5 lectures sur 12"}[lang] in page.text
    assert els.address("ranking_staff.ranking", lang=lang, key=call.key) in page.links("main a")
    assert els.address("decisions_staff.decisions", lang=lang) in page.links("main a")


def test_an_empty_hub_and_an_empty_call_say_so(els: SignedIn, call: Call) -> None:
    empty = els.get("ranking_staff.selection")
    ranking = els.get("ranking_staff.ranking", key=call.key)

    assert "Er is geen oproep in selectie" in empty.text
    assert "er valt nog niets te rangschikken" in ranking.text
    assert "geen twee dossiers" in els.get("ranking_staff.compare", key=call.key).text
    els.get("ranking_staff.weights", key=call.key)
    els.get("ranking_staff.ranking", key="nergens", status=404)


@pytest.mark.parametrize("files", [1, 3, 1000])
def test_statements_do_not_grow_with_the_files(els: SignedIn, files: int) -> None:
    call = a_read_call(files)

    ranking = els.get("ranking_staff.ranking", key=call.key)
    hub = els.get("ranking_staff.selection")
    weights = els.get("ranking_staff.weights", key=call.key)
    table = els.get("ranking_staff.as_csv", key=call.key)

    assert len(ranking.statements) == 6
    assert len(weights.statements) == 6
    assert_budget(table, 6)
    assert_budget(hub, 4)
    assert len(titles(ranking)) == min(files, 100)


def test_two_files_cost_less_than_two_staff_pages(els: SignedIn, call: Call, files: list[Application]) -> None:
    page = els.get("ranking_staff.compare", key=call.key, a=files[0].key, b=files[1].key)

    assert_budget(page, 13)


def test_a_thousand_files_are_paged_with_their_rank(els: SignedIn) -> None:
    call = a_read_call(250)

    last = els.get("ranking_staff.ranking", key=call.key, page="9" * 9)
    first = els.get("ranking_staff.ranking", key=call.key)

    assert len(titles(last)) == 50
    assert int(_cells(last)[0][1]) > 190
    assert [page.select(".pager p")[0] for page in (first, last)] == ["Pagina 1 van 3", "Pagina 3 van 3"]
    assert first.soup.select("tr.cut")
    assert not last.soup.select("tr.cut")


def test_rooms_above_may_add_cells(app: Flask, els: SignedIn, call: Call, files: list[Application]) -> None:
    app.config["RANKING_CELLS"] = {"Advies": lambda ids: {ids[0]: "ja"}}
    try:
        page = els.get("ranking_staff.ranking", key=call.key)
    finally:
        del app.config["RANKING_CELLS"]

    assert [row[11] for row in _cells(page)] == ["ja", "", "", ""]


@pytest.mark.parametrize("endpoint", ["selection", "ranking", "weights", "compare", "as_csv", "as_workbook"])
def test_only_the_team_comes_in(app: Flask, client: PageClient, call: Call, endpoint: str) -> None:
    given = {} if endpoint == "selection" else {"key": call.key}

    client.get(f"ranking_staff.{endpoint}", status=302, **given)
    for part in (CHLOE, FARID):
        signed_in(app, part).get(f"ranking_staff.{endpoint}", status=403, **given)
    assert known(CHLOE).roles
