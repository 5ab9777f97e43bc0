"""What people type is kept whole and clean; what editors write becomes safe HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.sizes import LONGEST_TEXT
from app.core.text.cleaning import clean
from app.core.text.markdown import markdown, plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Els \n", "Els"),
        ("één\r\ntwee\rdrie", "één\ntwee\ndrie"),
        ("a\x00b\x07c\x1b[31m", "abc[31m"),
        ("cafe\u0301", "café"),
        ("a\ud800b\udfffc", "abc"),
        ("tab\tblijft", "tab\tblijft"),
        ("👩‍🍳 blijft", "👩‍🍳 blijft"),
        ("", ""),
    ],
)
def test_typed_text_is_kept_and_cleaned(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_text_far_longer_than_we_store_is_not_read() -> None:
    """It is refused for its length; reading two megabytes kept every thread of the process waiting."""
    assert clean("\x07" + "x" * LONGEST_TEXT) == "x" * LONGEST_TEXT
    assert clean("\x07" * 2 * LONGEST_TEXT + "x") == "\x07" * 2 * LONGEST_TEXT + "x"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_clean_text_can_be_stored_and_stays_clean(typed: str) -> None:
    kept = clean(typed)

    assert kept.encode("utf-8").count(b"\x00") == 0
    assert clean(kept) == kept


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Een *woord* en **nog** één.", "<p>Een <em>woord</em> en <strong>nog</strong> één.</p>"),
        ("# Titel", "<h2>Titel</h2>"),
        ("## Titel", "<h2>Titel</h2>"),
        ("### Kleiner", "<h3>Kleiner</h3>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("1. a", "<ol>\n<li>a</li>\n</ol>"),
        ("> citaat", "<blockquote>\n<p>citaat</p>\n</blockquote>"),
        ("[hier](https://example.be/x)", '<p><a href="https://example.be/x">hier</a></p>'),
        ("[hier](/nl/contact)", '<p><a href="/nl/contact">hier</a></p>'),
        ("[mail](mailto:info@example.be)", '<p><a href="mailto:info@example.be">mail</a></p>'),
        ("3 < 4 & 5", "<p>3 &lt; 4 &amp; 5</p>"),
    ],
)
def test_markdown_shows_what_editors_mean(written: str, shown: str) -> None:
    assert str(markdown(written)).strip() == shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "<img src=x onerror=alert(1)>",
        "![x](https://elders.example/x.png)",
        '<a href="/" onclick="x()" style="color:red">x</a>',
        "<iframe src=//elders.example></iframe>",
        "<svg/onload=alert(1)>",
        "<style>*{}</style>",
        "[x]: javascript:alert(1)\n\n[x]",
    ],
)
def test_markdown_lets_no_code_through(hostile: str) -> None:
    shown = str(markdown(hostile)).lower()

    for signal in (
        "<script",
        'href="javascript',
        'href="data',
        'href="vbscript',
        "<img",
        "<iframe",
        "<svg",
        "<style",
        '<a href="/" ',
    ):
        assert signal not in shown


@given(st.text())
def test_markdown_never_fails(written: str) -> None:
    assert "<script" not in str(markdown(written)).lower()


def test_a_description_has_no_marks() -> None:
    assert plain("## Titel\n\nEen **woord**, [hier](https://example.be/x).") == "Titel Een woord, hier."
