"""Reasons of assignments as text: why assigned, why removed, why nobody."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.belgium.lists import SECTORS

READS = {"nl": _l("reads Dutch"), "fr": _l("reads French")}
ONLY_IN = {"nl": _l("nobody reads Dutch"), "fr": _l("nobody reads French")}

REMOVALS = {
    "conflict": _l("is too close to the file"),
    "left": _l("reads no more for this call"),
    "language": _l("does not read the language of the file"),
    "cap": _l("would have more files than they take"),
    "enough": _l("the file has enough readers"),
    "moved": _l("the file goes to somebody else, so that loads stay even"),
}

SHORTAGES = {
    "cap": _l("everybody who could read it has as many files as they take"),
    "conflict": _l("everybody else who reads the language is too close to the file"),
    "language": _l("nobody else reads the language of the file"),
    "no_language": _l("nobody who reads for this call reads the language of the file"),
    "readers": _l("there is no other reader"),
    "by_hand": _l("the reader who was chosen by hand does not read the language of the file"),
}


def why_words(why: Iterable[Mapping[str, Any]], language: str) -> str:
    """One sentence from the reasons of an assignment; empty for a manual one."""
    said = [words for reason in why if (words := _one(reason, language))]
    sentence = _("; ").join(said)
    return f"{sentence[:1].upper()}{sentence[1:]}." if said else ""


def _one(reason: Mapping[str, Any], language: str) -> str:
    match reason.get("code"):
        case "language":
            return str(READS.get(reason.get("language", ""), ""))
        case "nobody_reads":
            return str(ONLY_IN.get(reason.get("language", ""), ""))
        case "expertise":
            return _("knows the sector %(sector)s", sector=_sector(reason, language))
        case "no_expert_free":
            return _("everybody who knows the sector %(sector)s has other files", sector=_sector(reason, language))
        case "expert_reads_too":
            return _("somebody who knows the sector %(sector)s reads this file too", sector=_sector(reason, language))
        case "load":
            return _load(reason)
        case "others_in_conflict":
            count = int(reason.get("count", 0))
            return str(
                ngettext(
                    "%(num)s other reader is too close to the file",
                    "%(num)s other readers are too close to the file",
                    count,
                )
            )
    return ""


def _load(reason: Mapping[str, Any]) -> str:
    values = {name: int(reason.get(name, 0)) for name in ("files", "cap", "least", "most")}
    if values["least"] == values["most"]:
        return _("has %(files)s of at most %(cap)s files, as everybody", **values)
    return _("has %(files)s of at most %(cap)s files, where the others have %(least)s to %(most)s", **values)


def _sector(reason: Mapping[str, Any], language: str) -> str:
    known = SECTORS.get(str(reason.get("sector", "")))
    return known.name[language] if known else ""
