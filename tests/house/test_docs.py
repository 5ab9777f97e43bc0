"""What the documents say is there."""

import re
import runpy
from pathlib import Path

import pytest
from flask import Flask

from config import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
NEEDED = (
    *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "SECURITY.md"),
    *("docs/architecture.md", "docs/glossary.md", "docs/settings.md", "docs/testing.md", "docs/writing.md"),
)


@pytest.mark.parametrize("needed", NEEDED)
def test_the_documents_that_people_look_for_are_there(needed: str) -> None:
    assert (ROOT / needed).read_text(encoding="utf-8").strip()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda place: place.name)
def test_every_make_target_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"\bmake ([a-z]+)", document.read_text(encoding="utf-8"))) - targets - _prose() == set()


def _prose() -> set[str]:
    return {"sure", "it", "a", "the", "one", "of"}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda place: place.name)
def test_every_command_exists(app: Flask, document: Path) -> None:
    known = {*app.cli.commands, "run", "shell", "routes", "db"}
    named = re.findall(r"`(?:\.venv/bin/)?flask ([a-z-]+)", document.read_text(encoding="utf-8"))

    assert set(named) - known == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda place: place.name)
def test_every_link_leads_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", document.read_text(encoding="utf-8"))

    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda place: place.name)
def test_every_named_file_exists(document: Path) -> None:
    """`app/core/db/transactions.py` in a document is a place in this repository."""
    named = re.findall(
        r"`((?:app|bench|docs|tests|templates|static|content|migrations|scripts)/[\w./-]+)`",
        document.read_text(encoding="utf-8"),
    )
    generated = ("static/build",)

    assert [place for place in named if not place.startswith(generated) and not (ROOT / place).exists()] == []


def test_decisions_are_numbered_one_by_one() -> None:
    numbers = [int(place.name[:4]) for place in sorted((ROOT / "docs" / "decisions").glob("0*.md"))]

    assert numbers == list(range(1, len(numbers) + 1))


def test_no_place_of_one_machine_is_written_anywhere() -> None:
    folders = (
        "app",
        "bench",
        "templates",
        "static/css",
        "static/js",
        "content",
        "docs",
        "tests",
        "scripts",
        "migrations",
        ".ci",
        ".github",
    )
    files = [
        place
        for folder in folders
        for place in (ROOT / folder).rglob("*")
        if place.is_file() and place.suffix != ".pyc"
    ]
    marks = ["/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/"]
    found = [
        str(place.relative_to(ROOT))
        for place in [*files, *ROOT.glob("*.*")]
        if place.is_file()
        if any(mark in place.read_bytes().decode("utf-8", "ignore") for mark in marks)
    ]

    assert found == []


def test_the_picture_of_the_rooms_is_drawn_from_the_contract() -> None:
    drawn = runpy.run_path(str(ROOT / "scripts" / "draw_architecture.py"))

    assert (ROOT / "docs" / "architecture.svg").read_text(encoding="utf-8") == drawn["picture"]()
