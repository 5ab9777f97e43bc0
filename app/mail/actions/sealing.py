"""The keys in the links of a letter: put into it when it is sent, and never kept in clear."""

import json
from types import SimpleNamespace
from typing import Any

from flask import current_app

from app.core.sealing import seal, unseal
from app.mail.rules.links import keys_in, with_keys

SEALED_TEXTS = ("text", "html")


def sealed(keys: list[str]) -> str:
    """The keys of a letter as its row keeps them until it is sent; nothing for a letter without."""
    return seal(json.dumps(keys), current_app.config["SECRET_KEY"]) if keys else ""


def opened(letter: Any) -> Any:
    """The letter as its reader gets it. Raises core.sealing.Unreadable when SECRET_KEY is another one now."""
    if not letter.sealed:
        return letter
    keys = json.loads(unseal(letter.sealed, current_app.config["SECRET_KEY"]))
    names = letter._fields if hasattr(letter, "_fields") else (*SEALED_TEXTS, "id", "key")
    values = {name: getattr(letter, name) for name in names}
    return SimpleNamespace(**values | {name: with_keys(values[name], keys) for name in SEALED_TEXTS})


def lost_its_key(letter: Any) -> bool:
    """Was its key taken out after it was sent? Then it is of no use to send it once more."""
    return not letter.sealed and bool(keys_in(letter.text, hidden=True))
