"""The effect of other weights, two files side by side, and the ranking as a file."""

import csv
import io

import pytest
from openpyxl import load_workbook

from app.applications.models import Application
from app.applications.rules.states import EDITABLE, State
from app.core.audit import access_log
from app.core.exports.columns import names
from app.programmes.models import Call
from app.ranking import exports
from app.ranking.queries import sheet as sheet_queries
from app.ranking.rules.board import Board
from app.ranking.rules.stages import RANKED
from tests.builders import an_application
from tests.pages import assert_budget
from tests.people import SignedIn

LANGUAGES = pytest.mark.parametrize("lang", ["nl", "fr"])


@LANGUAGES
def test_other_weights_show_who_would_enter_and_keep_nothing(
    els: SignedIn, call: Call, files: list[Application], lang: str
) -> None:
    first, second = (criterion.id for criterion in call.criteria)
    plain = els.get("ranking_staff.weights", key=call.key, lang=lang)

    page = plain.submit(form="form[data-weights]", status=200, **{f"w{first}": "0", f"w{second}": "100"})

    assert plain.text.count({"nl": "Niemand.", "fr": "Personne."}[lang]) == 2
    enter, leave = page.soup.select(".twin > div")
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

    assert "Met alle gewichten op 0" in nothing.text
    assert (odd.value(f"w{first}"), odd.value(f"w{second}")) == ("75", "25")
    assert much.value(f"w{first}") == "100"


def test_without_a_reader(els: SignedIn, call: Call, files: list[Application]) -> None:
    bob = next(
        row
        for row in sheet_queries.sheet_of(sheet_queries.call_of(call.key), els.person_id).reviewers
        if "Bob" in row.name
    )

    page = els.get("ranking_staff.weights", key=call.key, without=bob.id)

    assert page.soup.select_one(f"#r{bob.id}").has_attr("checked")
    assert list(page.select(".twin > div:nth-child(2) li a")) == ["Dossier 2"]


@LANGUAGES
def test_two_files_side_by_side(els: SignedIn, call: Call, files: list[Application], lang: str) -> None:
    page = els.get("ranking_staff.compare", key=call.key, lang=lang, a=files[0].key, b=files[2].key)

    headings = page.select("main table.comparison:first-of-type thead th a")
    assert headings == ["Dossier 0", "Dossier 2"]
    assert "C2: 3" in page.text  # the reason that Bob wrote
    assert {"nl": "kan niet beoordelen", "fr": "ne peut pas évaluer"}[lang] in page.text
    assert len(page.soup.select("section table.comparison")) > 1
    assert {look.about for look in access_log.accesses_of([files[0].ref, files[2].ref])} == {files[0].ref, files[2].ref}


def test_two_ticked_files_are_compared(els: SignedIn, call: Call, files: list[Application]) -> None:
    ranking = els.get("ranking_staff.ranking", key=call.key)
    form = "form:has(table.rank)"

    both = ranking.submit(form=form, status=200, file=[files[1].key, files[0].key])
    one = ranking.submit(form=form, status=200, file=[files[1].key])

    assert both.select("main table.comparison:first-of-type thead th a") == ["Dossier 1", "Dossier 0"]
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

    lines = list(csv.reader(io.StringIO(page.data.decode("utf-8-sig")), delimiter=";"))
    assert page.data.startswith(b"\xef\xbb\xbf")
    assert lines[0] == [
        "rank",
        "reference",
        "title",
        "language",
        "criterion_C1",
        "criterion_C2",
        "raw",
        "corrected",
        "median",
        "spread",
        "readings",
    ]
    first = lines[1]
    assert first[:7] == ["1", files[0].reference, "'=1+1", "fr", "5,0", "4,0", "95,0"]
    assert lines[4][4:] == ["", "", "", "", "", "", "0"]


def test_columns_keep_their_names_and_are_unique(call: Call, files: list[Application], els: SignedIn) -> None:
    board = Board(sheet_queries.sheet_of(sheet_queries.call_of(call.key), els.person_id))

    header = names(exports.columns(board.sheet.measures))

    assert len(set(header)) == len(header)
    assert {len(line) for line in exports.lines(board)} == {len(header)}


def test_two_files_cost_less_than_two_staff_pages(els: SignedIn, call: Call, files: list[Application]) -> None:
    page = els.get("ranking_staff.compare", key=call.key, a=files[0].key, b=files[1].key)

    assert_budget(page, 10)


@pytest.mark.parametrize(
    ("lang", "name", "criterion"),
    [("nl", "rangschikking", "C1, Maatschappelijk doel"), ("fr", "classement", "C1, Finalité sociale")],
)
def test_the_workbook_speaks_the_language_of_the_page(
    els: SignedIn, call: Call, files: list[Application], lang: str, name: str, criterion: str
) -> None:
    csv_page = els.get("ranking_staff.as_csv", key=call.key, lang=lang)
    page = els.get("ranking_staff.as_workbook", key=call.key, lang=lang)

    book = load_workbook(io.BytesIO(page.data), read_only=True)
    header, about = (list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets)
    assert f"{name}-{call.key}.csv" in csv_page.headers["Content-Disposition"]
    assert f"{name}-{call.key}.xlsx" in page.headers["Content-Disposition"]
    assert book.sheetnames[0] == name
    assert header[0][4] == criterion
    assert [one[0] for one in about].count("criterion_C1") == 1


@LANGUAGES
@pytest.mark.parametrize("state", [State.SUBMITTED, State.INCOMPLETE])
def test_a_file_that_its_applicant_may_change_is_not_ranked_and_not_compared(
    els: SignedIn, call: Call, files: list[Application], lang: str, state: State
) -> None:
    """Its text may still be replaced; the page of the file itself says so. What is ranked cannot change any more."""
    changing = an_application(call=call, state=state)

    shown = els.get("ranking_staff.ranking", key=call.key, lang=lang)

    assert frozenset() == RANKED & EDITABLE
    assert files[0].reference in shown.text
    assert changing.reference not in shown.text
    els.get("ranking_staff.compare", key=call.key, lang=lang, a=files[0].key, b=changing.key, status=404)
