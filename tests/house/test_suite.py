"""The suite itself: which tests run on which database, in which order, and what is told at the end."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest, databases
from tests.timing import SHOWN, SLOW, Timing, folder_of

PAGE, ACTION = "tests/mail/test_views_staff.py", "tests/mail/test_actions.py"


def a_test(place: str, *marks: str) -> Any:
    """As pytest knows it: its file and its marks."""
    return SimpleNamespace(
        path=Path(place), nodeid=f"{place}::test_it", get_closest_marker=lambda name: name if name in marks else None
    )


def test_tests_of_pages_take_one_database_and_others_take_both() -> None:
    assert conftest.is_of_pages(a_test(PAGE))
    assert conftest.is_of_pages(a_test(ACTION, "one_database"))
    assert not conftest.is_of_pages(a_test(ACTION))


def test_a_commit_chooses_and_both_databases_have_their_share(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{PAGE}::test_{number}" for number in range(400)]
    chosen = {}
    for commit in ("a1", "b2"):
        monkeypatch.setenv(databases.COMMIT, commit)
        chosen[commit] = [databases.one_of(name) for name in names]
        assert chosen[commit] == [databases.one_of(name) for name in names]

    assert {name: chosen["a1"].count(name) > 100 for name in databases.DATABASES} == dict.fromkeys(
        databases.DATABASES, True
    )
    assert chosen["a1"] != chosen["b2"]


def test_the_longest_come_first_then_the_browser() -> None:
    plain, browser, slow = a_test("a.py"), a_test("b.py", "browser"), a_test("c.py", "slow")
    items = [plain, browser, slow]

    conftest.pytest_collection_modifyitems(items)

    assert items == [slow, browser, plain]


def test_the_table_tells_where_the_time_went_and_which_mark_is_missing() -> None:
    timing = Timing()
    for number in range(SHOWN + 1):
        for name, seconds in (("mail", 0.5), ("core", SLOW + 1)):
            timing.pytest_runtest_logreport(
                SimpleNamespace(
                    nodeid=f"tests/{name}/test_a.py::test_{number}", processor=seconds, duration=1.0, is_slow=number > 0
                )
            )
    timing.workers["gw0"] = (200, 210)

    table, unmarked = timing.table(), timing.unmarked()

    assert table[1].split() == ["core", "16", "48.0", "16.0", "3000"]
    assert table[2].split() == ["mail", "16", "8.0", "16.0", "500"]
    assert table[3].split() == ["all", "32", "56.0", "32.0", "1750"]
    assert "memory of gw0: 200 MB at its first test, 210 MB at its end" in table
    assert unmarked == ['over 2 s without @pytest.mark.slow("reason"): tests/core/test_a.py::test_0 (3.0 s)']


@pytest.mark.parametrize(
    ("nodeid", "folder"), [("tests/mail/test_links.py::test_a[x::y/z]", "mail"), ("tests/test_a.py::test_b", "tests")]
)
def test_a_test_belongs_to_its_folder(nodeid: str, folder: str) -> None:
    assert folder_of(nodeid) == folder
