"""The words of a page: nothing left over from the machine, nothing untranslated, each language's own typography."""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import polib

from config import ROOT
from tests.html import SPACES, language_of

if TYPE_CHECKING:
    from tests.page import Page

LEFT_OVERS = re.compile(
    r"\bNone\b|\{\{|\}\}|\{%|%\}|%\(\w*\)|\b[Uu]ndefined\b|\bNaN\b|<built-in|\bobject at 0x|LazyString|Bilingual\("
)
IDENTIFIER = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
READ_ALOUD = ("alt", "title", "aria-label", "placeholder", "content")
CODE = ("href", "src", "action", "value", "id", "for", "name", "datetime", "class")
WRITTEN_BY_US = frozenset({*READ_ALOUD, *CODE})
LEFT_IN_ATTRIBUTES = re.compile(r"(?:^|[/=\s-])(?:None|Undefined)(?:$|[/&\s-])|\{\{|%\(|object at 0x")
NARROW, HARD = "\u202f", "\u00a0"
# A mark that follows a letter directly, or a space that a line could break at.
UNSPACED = re.compile(rf"(?<![{NARROW}{HARD}\s;:!?….(\[«0-9])[;:!?](?=$|[\s»)\]])|(?<= )[;:!?»](?=$|[\s)\].,])")
TIGHT_QUOTE = re.compile(rf"«(?![{NARROW}{HARD}])|(?<![{NARROW}{HARD}])»")
TWO_MARKS = re.compile(r"[?!]\.(?!\.)|(?<!\.)\.\.(?!\.)")
STRAIGHT = re.compile(r"(?<=\w)'|'(?=\w)|(?<!\w)\"|\"(?!\w)")
ADDRESS = re.compile(r"\S+@\S+|\S*://\S+|\S+\.\w{2,}/\S*")


def left_overs(page: "Page") -> Iterator[str]:
    """Nothing that a program meant for itself."""
    for text in page.texts:
        found = LEFT_OVERS.search(text.words)
        if found and not text.typed:
            yield f"“{found[0]}” in “{_short(text.words)}”"
    for tag in page.tags:
        for name in tag.attrs.keys() & WRITTEN_BY_US:
            value = tag[name]
            text_of = " ".join(value) if isinstance(value, list) else str(value or "")
            if LEFT_IN_ATTRIBUTES.search(text_of) and tag.name != "textarea":
                yield f'{name}="{_short(text_of)}"'


def identifiers(page: "Page") -> Iterator[str]:
    """No name of a column or a state as the database knows it: people's words, on every page of team and reviewers."""
    if not page.path.startswith(("/nl/team", "/fr/equipe")):
        return
    for text, _language in _readable(page):
        if found := IDENTIFIER.search(ADDRESS.sub("…", text)):
            yield f"“{found[0]}” in “{_short(text)}”"


def untranslated(page: "Page") -> Iterator[str]:
    """No interface words in English: every text is compared with the keys of the catalogues."""
    for text, language in _readable(page):
        words = text.strip(f" {NARROW}{HARD}")
        if language in ("nl", "fr") and is_english(words, language):
            yield f"“{_short(words)}” is not translated ({language})"


def typography(page: "Page") -> Iterator[str]:
    """Spaces before French marks, typographic apostrophes and quotation marks in both languages."""
    for text, language in _readable(page):
        yield from (f"{issue} in “{_short(text)}”" for issue in slips(text, language))


def slips(text: str, language: str) -> list[str]:
    """What a typesetter would mark in one text."""
    prose = ADDRESS.sub("…", text)
    found = []
    if language == "fr" and UNSPACED.search(prose):
        found.append(f"no hard space before “{UNSPACED.search(prose)[0]}”")  # type: ignore[index]
    if language == "fr" and TIGHT_QUOTE.search(prose):
        found.append("no hard space inside « »")
    if language == "fr" and "·" in prose and re.search(r"\w·\w", prose):
        found.append("a median dot")
    if TWO_MARKS.search(prose):
        found.append("two marks in a row")
    if language in ("nl", "fr") and STRAIGHT.search(prose):
        found.append("a straight apostrophe or quotation mark")
    return found


def is_english(words: str, language: str) -> bool:
    """Is this the English key of a phrase that reads otherwise in this language?"""
    whole, patterns = _keys(language)
    return words in whole or bool(patterns and patterns.fullmatch(words))


@cache
def _keys(language: str) -> tuple[frozenset[str], re.Pattern[str] | None]:
    """The keys as they stand, and those with places to fill in as one pattern."""
    whole, patterns = set(), set()
    for entry in catalogue(language):
        pairs = [(entry.msgid, entry.msgstr)]
        if entry.msgid_plural:
            pairs = [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
        for key, translation in pairs:
            plain = SPACES.sub(" ", key).strip()
            if key == translation or not re.search("[A-Za-z]{2}", plain):
                continue
            if "%(" not in plain:
                whole.add(plain)
            elif len(re.sub(r"%\(\w+\)\w", "", plain).strip(" ,.:–")) > 8:  # enough words of its own to know it by
                patterns.add(re.sub(r"%\\\(\w+\\\)\w", ".{1,200}", re.escape(plain)))
    same = {SPACES.sub(" ", entry.msgstr).strip() for entry in catalogue(language)}
    return frozenset(whole - same), re.compile("|".join(sorted(patterns))) if patterns else None


@cache
def catalogue(language: str) -> list[polib.POEntry]:
    """Every entry of every room in this language."""
    places = sorted((ROOT / "translations").glob(f"*/{language}/LC_MESSAGES/messages.po"))
    return [entry for place in places for entry in polib.pofile(str(place)) if not entry.obsolete]


def _readable(page: "Page") -> Iterator[tuple[str, str]]:
    """Every text and every attribute that is read aloud, with its language; what people typed is theirs."""
    title = page.soup.select_one("head > title")
    if title is not None:
        yield title.get_text(), page.lang
    yield from ((text.words, text.language) for text in page.texts if not text.typed)
    for tag in page.tags:
        for name in READ_ALOUD:
            if tag.get(name) and (name != "content" or tag.get("name") == "description"):
                yield str(tag[name]), language_of(tag)


def _short(text: str) -> str:
    text = text.strip()
    return text if len(text) < 90 else text[:88] + "…"
