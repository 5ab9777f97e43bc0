"""Writing texts in two languages, and marking the side that was left behind."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from app.core.i18n import stale_translations
from app.core.i18n.bilingual import Bilingual


def put_texts(
    thing: Any,
    texts: Mapping[str, Bilingual],
    *,
    about: str,
    place: str = "{name}",
    confirmed: Collection[str] = (),
    at: datetime,
) -> None:
    """Give a thing its texts. `place` is how the publish gate calls each, for example `step:12:{name}`."""
    before = {place.format(name=name): getattr(thing, name) or Bilingual("", "") for name in texts}
    after = {place.format(name=name): text for name, text in texts.items()}
    for name, text in texts.items():
        setattr(thing, name, text)
    stale_translations.note(about, before, after, confirmed=[place.format(name=name) for name in confirmed], at=at)
