"""PDFs of any text: every character is drawn or marked, and none of them stops the paper."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from app.core.exports.pdf import render_pdf
from app.core.exports.typefaces import MARK, drawable, fonts

Make = Callable[[str], dict[str, Any]]
BUDGET = settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

CONTROLS = "".join(map(chr, range(0x20))) + "\x7f\x85\xad\u2028\u2029\ufff9\ufffa\ufffb\U000e0041"
BIDI = "\u202eabc\u202c \u2066مرحبا\u2069 שלום \u200e\u200f"
COMBINING = "e\u0301\u0323 漢\u064b \u0301 ❤\ufe0f 👍🏽 👨\u200d👩\u200d👧 क्षि ن\u200cم"
HARD = (
    "",
    " ",
    "\ufeff",
    "\x00",
    "\ud800\udfff",
    "\ufffe\uffff\U0010ffff\ue000",
    "漢字かな한글 ∑ ☺ 😀",
    CONTROLS,
    BIDI,
    COMBINING,
)
anything = st.text(st.characters(codec=None), max_size=40) | st.text(
    st.sampled_from(CONTROLS + BIDI + COMBINING + "😀🧑\U0002a6d6\U0010ffff\ue000\udc00"), max_size=40
)


def whole(text: str) -> dict[str, Any]:
    row = {"label": text, "lines": [text, *text.splitlines()], "empty": text}
    words = dict.fromkeys(("title", "reference", "made", "header", "warning"), text)
    return words | {
        "language": "fr",
        "region": "BE",
        "page": f"{text} {{n}} {{of}}",
        "facts": [[text, text]],
        "sections": [{"title": text, "rows": [row, row | {"lines": []}]}],
    }


def book(text: str) -> dict[str, Any]:
    failed = {"failed": [[text, text]], "failed_title": text}
    return whole(text) | failed | {"contents": text, "files": [whole(text), whole(text)]}


def minutes(text: str) -> dict[str, Any]:
    return whole(text) | {"parts": [whole(text) | {"language": language} for language in ("nl", "fr")]}


PAPERS: dict[str, Make] = {
    "documents/applicant/whole.typ": whole,
    "documents/staff/book.typ": book,
    "meetings/staff/minutes.typ": minutes,
}


def words_of(made: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def with_examples(test: Any) -> Any:
    for text in HARD:
        test = example(text=text)(test)
    return test


def test_every_paper_is_listed_here(app: Flask) -> None:
    folder = app.config["ROOT"] / "templates"

    made = {str(one.relative_to(folder)) for one in folder.rglob("*.typ")} - {"ui/paper.typ"}

    assert made == set(PAPERS)


@pytest.mark.parametrize("template", PAPERS)
@BUDGET
@with_examples
@given(text=anything)
def test_no_text_stops_a_paper(app: Flask, template: str, text: str) -> None:
    made = render_pdf(template, PAPERS[template](text))

    assert made.startswith(b"%PDF")


@pytest.mark.parametrize("text", ["漢字", "😀", "Ελλ", "日本", "안녕", "ж"])
def test_scripts_of_the_world_are_drawn(app: Flask, text: str) -> None:
    assert drawable(text) == text
    assert text in words_of(render_pdf("documents/applicant/whole.typ", whole(f"a{text}b")))


def test_what_no_font_has_is_marked_and_the_paper_says_so(app: Flask) -> None:
    words = words_of(render_pdf("documents/applicant/whole.typ", whole("a\ue000b\ufeffc") | {"language": "nl"}))

    assert f"a{MARK}bc" in words
    assert "staat voor een teken" in " ".join(words.split())
    assert "staat voor een teken" not in words_of(render_pdf("documents/applicant/whole.typ", whole("abc")))


def test_fonts_of_the_machine_change_nothing(app: Flask) -> None:
    assert fonts().families() == ["Coopcity Sans", "DejaVu Sans", "Unifont", "Unifont Upper"]
