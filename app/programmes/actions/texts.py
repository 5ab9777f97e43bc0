"""Store bilingual texts and mark stale translations."""

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
    """Store the texts of a thing. `place`: the name of each in the publish gate, for example `step:12:{name}`."""
    before = {place.format(name=name): getattr(thing, name) or Bilingual("", "") for name in texts}
    after = {place.format(name=name): text for name, text in texts.items()}
    for name, text in texts.items():
        setattr(thing, name, text)
    stale_translations.note(about, before, after, confirmed=[place.format(name=name) for name in confirmed], at=at)
