"""Made once, kept whole."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask

from app.core.files import file_cache as module
from app.core.files.file_cache import FOLDER, cached_file


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(app.config, "DATA_DIR", tmp_path)
    return tmp_path / FOLDER


def make_nothing() -> bytes:
    raise AssertionError("it is there already")


def test_it_is_made_once(folder: Path) -> None:
    assert cached_file("seeds", "a", lambda: b"first", ending="png") == b"first"
    assert cached_file("seeds", "a", make_nothing, ending="png") == b"first"


def test_a_new_key_replaces_the_old_one_of_that_thing_only(folder: Path) -> None:
    cached_file("seeds", "a", lambda: b"first", ending="png")
    cached_file("peps", "a", lambda: b"other", ending="png")

    assert cached_file("seeds", "b", lambda: b"second", ending="png") == b"second"
    assert sorted(place.read_bytes() for place in folder.iterdir()) == [b"other", b"second"]


def test_names_of_things_name_no_places(folder: Path) -> None:
    cached_file("../../etc/passwd", "/x", lambda: b"y", ending="png")

    assert [place.parent for place in folder.parent.rglob("*.png")] == [folder]


def test_many_at_once_read_whole_things_only(folder: Path, app: Flask) -> None:
    whole = b"x" * 500_000

    def ask(_number: int) -> bytes:
        with app.app_context():
            return cached_file("seeds", "a", lambda: whole, ending="png")

    with ThreadPoolExecutor(8) as crew:
        assert set(crew.map(ask, range(40))) == {whole}
    assert len(list(folder.iterdir())) == 1


def test_a_failure_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_names: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "replace", full)

    assert cached_file("seeds", "a", lambda: b"first", ending="png") == b"first"
    assert list(folder.iterdir()) == []
