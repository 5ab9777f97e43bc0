"""Encrypt short secrets in the database with the installation's key.

A stream from HMAC-SHA256 in counter mode, then an HMAC over it (encrypt-then-MAC), with separate keys derived from
SECRET_KEY. The standard library has no cipher, and this avoids another package.
"""

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from itertools import count

from flask import current_app

NONCE, TAG = 16, 32


class Unreadable(Exception):
    """Sealed under another key, or changed."""


def seal(text: str, secret: str) -> str:
    """Encrypt the text; the same text gives a different result each time."""
    nonce = secrets.token_bytes(NONCE)
    hidden = nonce + _crossed(text.encode(), nonce, secret)
    return urlsafe_b64encode(hidden + _tag(hidden, secret)).decode()


def unseal(sealed: str, secret: str) -> str:
    """Decrypt. Raises Unreadable."""
    try:
        whole = urlsafe_b64decode(sealed.encode())
    except ValueError as reason:
        raise Unreadable from reason
    hidden, tag = whole[:-TAG], whole[-TAG:]
    if len(hidden) < NONCE or not hmac.compare_digest(tag, _tag(hidden, secret)):
        raise Unreadable
    return _crossed(hidden[NONCE:], hidden[:NONCE], secret).decode()


def keyed_hash(text: str) -> str:
    """A hash for codes short enough to be guessed; useless without SECRET_KEY."""
    return hmac.digest(_key("codes", current_app.config["SECRET_KEY"]), text.encode(), hashlib.sha256).hex()


def _crossed(content: bytes, nonce: bytes, secret: str) -> bytes:
    key, stream = _key("stream", secret), b""
    for number in count():
        if len(stream) >= len(content):
            break
        stream += hmac.digest(key, nonce + number.to_bytes(8, "big"), hashlib.sha256)
    return bytes(one ^ other for one, other in zip(content, stream, strict=False))


def _tag(hidden: bytes, secret: str) -> bytes:
    return hmac.digest(_key("tag", secret), hidden, hashlib.sha256)


def _key(purpose: str, secret: str) -> bytes:
    return hmac.digest(secret.encode(), f"sealing {purpose}".encode(), hashlib.sha256)
