"""Pages of the selection: the hub, the ranking, the effect of weights, two files side by side, the downloads."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.applications.models import Application, Submission
from app.applications.queries.files import last_submission
from app.applications.rules.states import State
from app.core import clock
from app.core.db.base import db
from app.decisions.actions.deciding import advise
from app.programmes.models import Call
from app.ranking.queries import sheet
from app.ranking.rules.board import Board
from app.reviewers.models import ReadingPlan
from tests.builders import added, an_application
from tests.conftest import Clock
from tests.pages import PageClient, assert_budget
from tests.people import CHLOE, FARID, SignedIn, known, signed_in
from tests.ranking.many import a_read_call
from tests.selection import a_conflict

LANGUAGES = pytest.mark.parametrize("lang", ["nl", "fr"])


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
    rows = page.soup.select("main table.rank tbody tr:not(.cutoff)")  # type: ignore[attr-defined]
    return [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["td", "th"])] for row in rows]


def test_the_line_stands_after_the_last_place_and_around_it_is_a_band(
    els: SignedIn, call: Call, files: list[Application]
) -> None:
    page = els.get("ranking_staff.ranking", key=call.key)

    before = page.soup.select_one("tr.cutoff").find_all_previous("tr")
    assert len([row for row in before if row.find("td")]) == 2
    assert "op de lijn: bespreken" in page.text
    assert "2,5 onder de lijn: bespreken" in page.text
    assert "de jury beslist" in page.text
    band = els.get("ranking_staff.ranking", key=call.key, only="band")
    assert titles(band) == ["Dossier 2", "Dossier 1"]
    assert band.soup.select("tr.cutoff") == []


def test_the_words_of_the_line_can_stay_in_sight_when_the_table_is_wider_than_the_screen(
    els: SignedIn, call: Call, files: list[Application], app: Flask
) -> None:
    words = els.get("ranking_staff.ranking", key=call.key).select("tr.cutoff td > span")

    assert "de jury beslist" in words[0]
    css = (Path(app.config["ROOT"]) / "static" / "css" / "staff.css").read_text(encoding="utf-8")
    assert ".rank .cutoff span{position:sticky;inset-inline-start:" in css


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

    board = Board(sheet.sheet_of(sheet.call_of(call.key), els.person_id))
    bob = next(row for row in board.reviewer_rows() if row.reviewer.name == "Bob Baert")
    assert bob.mildness is not None
    assert bob.mildness < 0
    assert f"{-bob.mildness:.1f}".replace(".", ",") + " punten strenger" in page.text
    assert [row[5] for row in _cells(page)] != [row[6] for row in _cells(page)]


def test_a_file_that_changed_since_it_was_read_says_so(els: SignedIn, call: Call, files: list[Application]) -> None:
    last = last_submission(files[0].id)
    assert last is not None
    assert "Gewijzigd sinds de beoordeling" not in els.get("ranking_staff.ranking", key=call.key).text
    added(
        Submission(
            application_id=files[0].id,
            number=2,
            at=clock.now(),
            sections=last.sections,
            attachments=[],
            declarations={},
            questionnaire_version_id=last.questionnaire_version_id,
        )
    )

    page = els.get("ranking_staff.ranking", key=call.key)

    assert "Gewijzigd sinds de beoordeling" in _cells(page)[0][10]
    pair = els.get("ranking_staff.compare", key=call.key, a=files[0].key, b=files[1].key)
    assert pair.text.count("beoordeeld voor de wijziging") == 4


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
def test_the_hub_says_what_waits(els: SignedIn, call: Call, files: list[Application], clock: Clock, lang: str) -> None:
    an_application(call=call, submitted=True)
    added(ReadingPlan(call_id=call.id, due_on=clock.at.date() - timedelta(days=2)))

    page = els.get("ranking_staff.selection", lang=lang)

    assert call.title[lang] in page.select("main h2")[0]
    assert {
        "nl": "beoordelingen die niet klaar zijn, 2 dagen te laat",
        "fr": "évaluations à terminer, 2 jours de retard",
    }[lang] in page.text
    assert {"nl": "Beoordelingen klaar: 5 van 12", "fr": "Évaluations terminées\u00a0: 5 sur 12"}[lang] in page.text
    assert els.address("ranking_staff.ranking", lang=lang, key=call.key) in page.links("main a")
    assert els.address("reviewers_assigning.files", lang=lang, key=call.key) in page.links(".todo a")
    assert els.address("ranking_staff.ranking", lang=lang, key=call.key) not in page.links(".todo a")
    assert any("/beslissingen" in link or "/decisions" in link for link in page.links("main a"))


def test_an_empty_hub_and_an_empty_call_say_so(els: SignedIn, call: Call) -> None:
    empty = els.get("ranking_staff.selection")
    ranking = els.get("ranking_staff.ranking", key=call.key)

    assert "Er loopt nu geen selectie" in empty.text
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

    assert len(ranking.statements) == 7
    assert len(weights.statements) == 6
    assert_budget(table, 10)  # three record the export; PostgreSQL also locks the chain
    assert_budget(hub, 4)
    assert len(titles(ranking)) == min(files, 100)


def test_a_thousand_files_are_paged_with_their_rank(els: SignedIn) -> None:
    call = a_read_call(250)

    last = els.get("ranking_staff.ranking", key=call.key, page="9" * 9)
    first = els.get("ranking_staff.ranking", key=call.key)

    assert len(titles(last)) == 50
    assert int(_cells(last)[0][1]) > 190
    assert [page.select(".pager span")[0] for page in (first, last)] == ["Pagina 1 van 3", "Pagina 3 van 3"]
    assert first.soup.select("tr.cutoff")
    assert not last.soup.select("tr.cutoff")


@pytest.mark.parametrize(("lang", "words"), [("nl", "Geselecteerd"), ("fr", "Retenue")])
def test_what_the_team_recommends_stands_beside_the_figures(
    els: SignedIn, call: Call, files: list[Application], clock: Clock, lang: str, words: str
) -> None:
    before = els.get("ranking_staff.ranking", key=call.key, lang=lang)
    files[0].state = State.JURY
    advise(files[0], State.ACCEPTED, "", by=els.person, at=clock())
    db.session.commit()

    page = els.get("ranking_staff.ranking", key=call.key, lang=lang)

    assert {len(row) for row in _cells(before)} == {11}
    assert sorted(row[11] for row in _cells(page)) == ["", "", "", words]


@pytest.mark.parametrize("endpoint", ["selection", "ranking", "weights", "compare", "as_csv", "as_workbook"])
def test_only_the_team_comes_in(app: Flask, client: PageClient, call: Call, endpoint: str) -> None:
    given = {} if endpoint == "selection" else {"key": call.key}

    client.get(f"ranking_staff.{endpoint}", status=302, **given)
    for part in (CHLOE, FARID):
        signed_in(app, part).get(f"ranking_staff.{endpoint}", status=403, **given)
    assert known(CHLOE).roles
