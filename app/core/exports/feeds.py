"""Atom feeds (RFC 4287) from plain values; templates/ui/feed.xml writes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Response, make_response
from markupsafe import Markup

from app.core.exports.stable_ids import BEGINNING, stable_uuid
from app.core.i18n.language import locale

MEDIA_TYPE = "application/atom+xml"


@dataclass(frozen=True)
class Item:
    """One entry in one language. `kind` and `key` identify it for ever; `html` is safe."""

    kind: str
    key: str
    title: str
    summary: str
    html: Markup
    address: str
    updated_at: datetime
    published_at: datetime | None = None

    @property
    def id(self) -> str:
        """A text and its translation are two entries."""
        return stable_uuid(self.kind, f"{self.key}:{locale()}").urn


@dataclass(frozen=True)
class Feed:
    """A feed in one language; `page` is the endpoint of the same list for people."""

    key: str
    title: str
    page: str
    items: Sequence[Item]

    @property
    def id(self) -> str:
        """Stable for the life of the feed."""
        return stable_uuid("feed", f"{self.key}:{locale()}").urn

    @property
    def updated_at(self) -> datetime:
        """The last change of its entries."""
        return max((item.updated_at for item in self.items), default=BEGINNING)


def as_feed(written: str) -> Response:
    """The response."""
    answer = make_response(written)
    answer.headers["Content-Type"] = f"{MEDIA_TYPE}; charset=utf-8"
    return answer
