"""Markdown as safe HTML, and as text without its marks."""

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.core.i18n.bilingual import LOCALES, Bilingual

TAGS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br", "hr"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": False})


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
