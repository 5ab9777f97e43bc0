"""Reading HTML strictly: the tree, what is wrong with the source, and the words that people see."""

import re
from typing import Any

import html5lib
from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, Tag
from bs4.builder import HTML5TreeBuilder
from html5lib.constants import E as SENTENCES

SPACES = re.compile(r"[ \t\n\r\f]+")  # not the hard ones: they are part of what was written
UNSEEN = ("script", "style", "template", "head")
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


def texts(tag: Tag) -> list[tuple[NavigableString, str]]:
    """Every visible piece of text with its words; empty ones left out."""
    found = []
    for node in tag.descendants:
        if not isinstance(node, NavigableString) or isinstance(node, Comment | Doctype):
            continue
        if any(parent.name in UNSEEN for parent in node.parents):
            continue
        text = SPACES.sub(" ", str(node))
        if text.strip(" "):
            found.append((node, text))
    return found


def language_of(node: NavigableString | Tag) -> str:
    """The language that the nearest `lang` around a text announces."""
    here = [node] if isinstance(node, Tag) else []
    for tag in (*here, *node.parents):
        if tag.get("lang"):
            return str(tag["lang"])[:2]
    return ""


def _line(lines: list[str], number: int) -> str:
    return lines[number - 1].strip()[:100] if 0 < number <= len(lines) else ""
