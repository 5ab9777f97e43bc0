"""The publish gate for pages, and the Markdown of editors."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.core.i18n.bilingual import Bilingual
from app.core.text.cleaning import folded

LINK = re.compile(r"\[([^\]]+)\]\(([a-z]+):([a-z0-9_-]+)\)")
HEADING = re.compile(r"^## +(.+?)[ #]*$", re.MULTILINE)
QUESTION = re.compile(r"^### +(.+?)(?: +\{#([a-z0-9-]+)\})?[ #]*$", re.MULTILINE)
WORDS_A_MINUTE = 200

# The page of each text block: the target of `[…](page:name)`, and where an editor sees the result.
PLACES = {
    "home": "site_public.home",
    "programmes": "programmes_public.programmes",
    "enterprises": "enterprises_public.showcase",
    "impact": "impact_public.impact",
    "agenda": "events_public.agenda",
    "news": "content_public.news",
    "about": "content_public.about",
    "contact": "contact_public.contact",
    "faq": "content_public.faq",
    "privacy": "content_public.privacy",
    "accessibility": "content_public.accessibility",
    "terms": "content_public.terms",
}
FAQ = "faq"
# These pages show only their own text, so their ETag depends on it alone.
ONE_TEXT = frozenset({"privacy", "accessibility"})
TEXTS = ("title", "lead", "body")
# What the team fills in on the contact page, in this order; an empty one is not shown.
CONTACT_PARTS = ("contact_who", "contact_phone", "contact_hours", "contact_address", "contact_way")
WITHOUT_BODY = frozenset({"home", "programmes", "enterprises", "agenda", "news", "demo_note", *CONTACT_PARTS})


def texts_of(key: str) -> tuple[str, ...]:
    """The texts of a block that are shown; the editor is asked for these only."""
    return TEXTS[:2] if key in WITHOUT_BODY else TEXTS


def gaps(texts: Mapping[str, Bilingual]) -> list[tuple[str, str]]:
    """(text, language) of every empty side whose other side is filled in."""
    return [(name, side) for name, text in texts.items() for side in text.missing() if len(text.missing()) == 1]


def with_addresses(source: str, address_of: Callable[[str, str], str | None]) -> str:
    """Replace `[Casa Legal](enterprise:casa-legal)` by a link; an unknown name stays plain text."""

    def linked(found: re.Match[str]) -> str:
        if found[2] in ("mailto", "tel"):
            return found[0]
        address = address_of(found[2], found[3])
        return f"[{found[1]}]({address})" if address else found[1]

    return LINK.sub(linked, source)


def enterprises_named(source: str) -> list[str]:
    """The slugs of the enterprises that a text links to, each once, in its order."""
    return list(dict.fromkeys(found[3] for found in LINK.finditer(source) if found[2] == "enterprise"))


def sections(source: str) -> list[tuple[str, str]]:
    """(heading, text) of each part that starts with `## `; a part before the first heading has none."""
    first, *rest = HEADING.split(source)
    parts = list(zip(rest[::2], (text.strip() for text in rest[1::2]), strict=True))
    return [("", first.strip()), *parts] if first.strip() else parts


@dataclass(frozen=True)
class Question:
    """A frequent question; `anchor` is its lasting place on the page, `answer` is Markdown."""

    anchor: str
    title: str
    answer: str


def questions(source: str) -> list[tuple[str, list[Question]]]:
    """The groups (`## `) of a text with their questions (`### Title {#anchor}`); the title may give the anchor."""
    return [(heading, _questions_in(text)) for heading, text in sections(source)]


def every_question(source: str) -> list[Question]:
    """The same questions without their groups."""
    return [one for _heading, group in questions(source) for one in group]


def _questions_in(text: str) -> list[Question]:
    _before, *rest = QUESTION.split(text)
    return [
        Question(anchor or "-".join(re.findall(r"[a-z0-9]+", folded(title))), title, answer.strip())
        for title, anchor, answer in zip(rest[::3], rest[1::3], rest[2::3], strict=True)
    ]


def reading_minutes(*texts: str) -> int:
    """Reading time in whole minutes, at least one."""
    return max(1, round(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE))
