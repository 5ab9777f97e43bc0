"""What the team may see of a letter: everything except the recipient's keys."""

import re
from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import Bilingual
from app.core.i18n.formats import moment
from app.core.i18n.language import locale
from app.mail.rules.links import without_keys
from app.mail.rules.parts import Part

APPLICATION = re.compile(r"application:(\d{1,9})")
BATCH = re.compile(r"([a-z_]+):([^:]+):.+")
SERIES = {"decisions": _l("Decisions"), "reserve": _l("End of the reserve list")}


def application_in(about: str) -> int:
    """The id of the application that a letter is about; 0 for another thing."""
    found = APPLICATION.fullmatch(about)
    return int(found[1]) if found else 0


def call_key_in(batch: str) -> str:
    """The key of the call of a batch; empty for another batch."""
    found = BATCH.fullmatch(batch)
    return found[2] if found else ""


def series_name(batch: str, call: Bilingual | None, at: datetime) -> str:
    """The label of a batch: kind of letter, call, and date."""
    found = BATCH.fullmatch(batch)
    what = str(SERIES.get(found[1] if found else "", _l("Letters")))
    about = f"{what}, {call[locale()]}" if call else what
    return f"{about}, {moment(at)}"


def masked(found: list[Part]) -> list[Part]:
    """The paragraphs of a letter without keys."""
    return [Part(part.kind, tuple(without_keys(line) for line in part.lines)) for part in found]
