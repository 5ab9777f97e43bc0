"""The publish gate for pages, and links in Markdown that name a thing instead of an address."""

import re
from collections.abc import Callable, Mapping

from app.core.bilingual import Bilingual

# Blocks that pages made of several rooms show; an editor sees where each one stands.
LINK = re.compile(r"\[([^\]]+)\]\((enterprise|page):([a-z0-9_-]+)\)")


def gaps(texts: Mapping[str, Bilingual]) -> list[tuple[str, str]]:
    """(text, language) of every side that is empty while the other one is not: both or neither."""
    return [
        (name, side)
        for name, text in texts.items()
        for side in text.missing()
        if len(text.missing()) == 1
    ]  # fmt: skip


def with_addresses(source: str, address_of: Callable[[str, str], str | None]) -> str:
    """Markdown in which `[Casa Legal](enterprise:casa-legal)` has become a link; an unknown name stays plain text."""

    def linked(found: re.Match[str]) -> str:
        address = address_of(found[2], found[3])
        return f"[{found[1]}]({address})" if address else found[1]

    return LINK.sub(linked, source)
