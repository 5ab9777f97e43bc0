"""What people type and what editors write, made safe to keep and to show."""

import re
import unicodedata

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.core.bilingual import LOCALES, Bilingual

# Controls, halves of characters and the code points that are no characters: HTML refuses them all.
LAST_OF_EACH_PLANE = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNWANTED = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{LAST_OF_EACH_PLANE}]")
TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}

_markdown = MarkdownIt("commonmark", {"html": False, "breaks": False})


def clean(typed: str) -> str:
    """Keep every word: one kind of line end, composed accents, no control characters (no database stores NUL)."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", UNWANTED.sub("", lines)).strip()


def folded(text: str) -> str:
    """Without accents and capitals, for sorting and search."""
    apart = unicodedata.normalize("NFD", text.casefold().replace("œ", "oe").replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def markdown(source: str) -> Markup:
    """Editors' Markdown as safe HTML: no raw HTML, no script addresses; a page's h1 is its title, so `#` becomes h2."""
    tokens = _markdown.parse(source)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    rendered = _markdown.renderer.render(tokens, _markdown.options, {})
    return Markup(nh3.clean(rendered, tags=TAGS, attributes={"a": {"href"}}, link_rel=None))  # noqa: S704 - just cleaned


def joined(*texts: Bilingual) -> Bilingual:
    """Several texts as one, without their marks, in each language."""
    return Bilingual.of({code: plain("\n".join(text[code] for text in texts if text[code])) for code in LOCALES})


def plain(source: str) -> str:
    """The same text without its marks, for descriptions."""
    return re.sub(r"\s+", " ", re.sub(r"\]\([^)\s]*\)|[#*_`\[\]]|(?m:^> ?)", "", source)).strip()


def quoted(source: str) -> str:
    """Somebody's words inside a letter: each line marked, so that none is taken for a heading, a list or a button."""
    return "\n".join(f"> {line}" for line in source.split("\n") if line.strip())


def sent_number(given: str) -> int:
    """A number that a form of ours sent along; 0 for anything else, and for what no database could hold."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
