"""Keys in the links of a letter: inserted when it is sent, never stored in clear."""

import json
from types import SimpleNamespace
from typing import Any

from flask import current_app

from app.core.sealing import seal, unseal
from app.mail.rules.links import keys_in, with_keys

SEALED_TEXTS = ("text", "html", "unsubscribe")


def sealed(keys: list[str]) -> str:
    """The encrypted keys of a letter, stored until it is sent; empty without keys."""
    return seal(json.dumps(keys), current_app.config["SECRET_KEY"]) if keys else ""


def opened(letter: Any) -> Any:
    """The letter with its keys. Raises core.sealing.Unreadable when SECRET_KEY has changed."""
    if not letter.sealed:
        return letter
    keys = json.loads(unseal(letter.sealed, current_app.config["SECRET_KEY"]))
    names = letter._fields if hasattr(letter, "_fields") else (*SEALED_TEXTS, "id", "key")
    values = {name: getattr(letter, name) for name in names}
    return SimpleNamespace(**values | {name: with_keys(values[name], keys) for name in SEALED_TEXTS})


def lost_its_key(letter: Any) -> bool:
    """True when its key was deleted after sending: sending it again is useless."""
    return not letter.sealed and bool(keys_in(letter.text, hidden=True))
