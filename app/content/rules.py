"""The publish gate for pages, and what is done with the Markdown that editors write."""

import re
from collections.abc import Callable, Mapping

from app.core.i18n.bilingual import Bilingual

LINK = re.compile(r"\[([^\]]+)\]\(([a-z]+):([a-z0-9_-]+)\)")
HEADING = re.compile(r"^## +(.+?)[ #]*$", re.MULTILINE)
WORDS_A_MINUTE = 200

# The page behind each block of text: what `[…](page:name)` may name, and where an editor sees the result.
PLACES = {
    "home": "site_public.home",
    "programmes": "programmes_public.programmes",
    "enterprises": "enterprises_public.showcase",
    "impact": "impact_public.impact",
    "agenda": "events_public.agenda",
    "news": "content_public.news",
    "about": "content_public.about",
    "contact": "content_public.contact",
    "privacy": "content_public.privacy",
    "accessibility": "content_public.accessibility",
    "terms": "content_public.terms",
}
# What stands on these pages is their text and nothing else, so they change when it does.
ONE_TEXT = frozenset({"privacy", "accessibility"})
TEXTS = ("title", "lead", "body")
WITHOUT_BODY = frozenset({"home", "programmes", "enterprises", "agenda", "news", "demo_note"})


def texts_of(key: str) -> tuple[str, ...]:
    """The texts of this block that are shown somewhere; an editor is not asked for the others."""
    return TEXTS[:2] if key in WITHOUT_BODY else TEXTS


def gaps(texts: Mapping[str, Bilingual]) -> list[tuple[str, str]]:
    """(text, language) of every side that is empty while the other one is not: both or neither."""
    return [(name, side) for name, text in texts.items() for side in text.missing() if len(text.missing()) == 1]


def with_addresses(source: str, address_of: Callable[[str, str], str | None]) -> str:
    """Markdown in which `[Casa Legal](enterprise:casa-legal)` has become a link; an unknown name stays plain text."""

    def linked(found: re.Match[str]) -> str:
        if found[2] in ("mailto", "tel"):
            return found[0]
        address = address_of(found[2], found[3])
        return f"[{found[1]}]({address})" if address else found[1]

    return LINK.sub(linked, source)


def sections(source: str) -> list[tuple[str, str]]:
    """(heading, text) per part that begins with `## `; what comes before the first one has no heading."""
    first, *rest = HEADING.split(source)
    parts = list(zip(rest[::2], (text.strip() for text in rest[1::2]), strict=True))
    return [("", first.strip()), *parts] if first.strip() else parts


def reading_minutes(*texts: str) -> int:
    """How long an unhurried reader needs, in whole minutes, never none."""
    return max(1, round(sum(len(text.split()) for text in texts) / WORDS_A_MINUTE))
