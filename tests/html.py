"""Reading HTML strictly: the tree, what is wrong with the source, and the words that people see."""

import re
from typing import Any, NamedTuple

import html5lib
from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, Tag
from bs4.builder import HTML5TreeBuilder
from html5lib.constants import E as SENTENCES

SPACES = re.compile(r"[ \t\n\r\f]+")  # not the hard ones: they are part of what was written
UNSEEN = ("script", "style", "template", "head")
NOT_PROSE = ("code", "pre", "kbd", "samp", "textarea", "option")  # what people typed or machines say
# One line of names reads better than twenty.
IN_A_LINE = frozenset("a abbr b bdi cite code data em i kbd mark q s small strong sub sup time u var wbr".split())  # noqa: SIM905


class _Builder(HTML5TreeBuilder):  # type: ignore[misc]  # bs4's builder of the same name, which throws the errors away
    parse_errors: list[str]

    def feed(self, markup: Any) -> None:
        """Parse as browsers do and keep what the standard calls a parse error."""
        parser = html5lib.HTMLParser(tree=self.create_treebuilder)
        self.underlying_builder.parser = parser
        parser.parse(markup).original_encoding = None
        self.underlying_builder.parser = None
        lines = markup.split("\n")
        self.parse_errors = [
            f"line {line}: {SENTENCES[code] % data} ({_line(lines, line)})" for (line, _), code, data in parser.errors
        ]


def parse(source: str) -> tuple[BeautifulSoup, list[str]]:
    """The tree of a page, and its parse errors."""
    builder = _Builder(store_line_numbers=False)  # nobody asks for them, and finding them takes half of the time
    soup = BeautifulSoup(source, builder=builder)
    return soup, builder.parse_errors if source else []


def words(tag: Tag) -> str:
    """What can be read inside, in its order, with single spaces; hard spaces stay hard."""
    return SPACES.sub(" ", _read(tag)).strip(" ")


def _read(tag: Tag) -> str:
    """The text as it stands; what is no part of a line is set apart by a space."""
    read = []
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name not in UNSEEN:
                read.append(_read(child) if child.name in IN_A_LINE else f" {_read(child)} ")
        elif not isinstance(child, Comment | Doctype):
            read.append(str(child))
    return "".join(read)


class Text(NamedTuple):
    """A visible piece of text: its words, the language it is in, and whether a person typed it."""

    node: NavigableString
    words: str
    language: str
    typed: bool


def texts(soup: Tag) -> list[Text]:
    """Every visible piece of text, in its order; empty ones left out."""
    found: list[Text] = []
    _read_texts(soup, language_of(soup), False, found)
    return found


def _read_texts(tag: Tag, language: str, typed: bool, found: list[Text]) -> None:
    """Go down once, with what is known from above."""
    for child in tag.children:
        if isinstance(child, Tag):
            if child.name not in UNSEEN:
                own = str(child.get("lang") or "")[:2] or language
                _read_texts(child, own, typed or child.name in NOT_PROSE or "data-typed" in child.attrs, found)
        elif not isinstance(child, Comment | Doctype):
            text = SPACES.sub(" ", str(child))
            if text.strip(" "):
                found.append(Text(child, text, language, typed))


def language_of(node: NavigableString | Tag) -> str:
    """The language that the nearest `lang` around a text announces."""
    here = [node] if isinstance(node, Tag) else []
    for tag in (*here, *node.parents):
        if tag.get("lang"):
            return str(tag["lang"])[:2]
    return ""


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].strip()[:100] if 0 < number <= len(lines) else ""
