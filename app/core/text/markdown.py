"""Markdown to safe HTML, and to plain text."""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.core.i18n.bilingual import LOCALES, Bilingual

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": False})


def markdown(source: str) -> Markup:
    """Safe HTML: no raw HTML, no script addresses; `#` becomes h2, because the title is the page's h1."""
    tokens = _markdown.parse(source)
    for token in tokens:
        if token.tag == "h1":
            token.tag = "h2"
    rendered = _markdown.renderer.render(tokens, _markdown.options, {})
    return Markup(nh3.clean(rendered, tags=TAGS, attributes={"a": {"href"}}, link_rel=None))  # noqa: S704 - just cleaned


def joined(*texts: Bilingual) -> Bilingual:
    """Several texts as one plain text, in each language."""
    return Bilingual.of({code: plain("\n".join(text[code] for text in texts if text[code])) for code in LOCALES})


def plain(source: str) -> str:
    """Plain text, for descriptions and excerpts; a space that holds words together stays."""
    bare = re.sub(r"\]\([^)\s]*\)|(?m:^\s*[-*] )|[#*_`\[\]]|(?m:^> ?)", "", source)
    return re.sub(r"[ \t\r\n]+", " ", bare).strip()


def quoted(source: str) -> str:
    """A person's words inside a letter: each line is marked, so that none becomes a heading, list or button."""
    return "\n".join(f"> {line}" for line in source.split("\n") if line.strip())
