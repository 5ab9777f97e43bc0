"""A letter as a mail: plain text first, then HTML; answers are not expected from machines.

Written by hand instead of by `email.message`: of its kind it is always the same mail, and the library took longer
over its headers than the mail server over the whole letter (docs/decisions/0021). The tests read it with the library.
"""

import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from email.header import Header
from email.utils import format_datetime, parseaddr, quote
from functools import lru_cache
from typing import Any

from app.core import clock
from app.mail.jobs.transports import Mail, RefusedForGood
from app.mail.rules.parts import wrapped

LONGEST_LOCAL_PART = 64
NOT_IN_AN_ADDRESS = frozenset(' \t\r\n<>()[]:;,\\"')


@dataclass(frozen=True)
class Sender:
    """Who writes: the header lines that every mail shares."""

    address: str
    domain: str
    lines: str


def message_for(letter: Any, config: Mapping[str, Any]) -> Mail:
    """The mail of a letter, the same at every try: a doubled delivery is known by its Message-ID.

    Raises RefusedForGood when no mail can be written to the address.
    """
    sender, to = _sender(config["MAIL_FROM"], config["MAIL_REPLY_TO"]), _address(letter.to_email)
    digest = hashlib.sha256(letter.key.encode()).hexdigest()[:24]
    message_id, boundary = f"<letter{letter.id}.{digest}@{sender.domain}>", f"=_{digest}"
    head = (
        f"Subject: {_header('Subject', letter.subject)}\r\n"
        f"{sender.lines}To: {_named('To', letter.to_name, to)}\r\n"
        f"Date: {format_datetime(clock.in_brussels(letter.created_at))}\r\n"
        f"Message-ID: {message_id}\r\n"
        f"Content-Language: {letter.language}\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/alternative; boundary="{boundary}"\r\n\r\n'
    )
    edge = f"--{boundary}".encode()
    body = b"\r\n".join(
        [edge, _part("plain", wrapped(letter.text)), edge, _part("html", letter.html), edge + b"--", b""]
    )
    return Mail(message_id.strip("<>"), sender.address, to, head.encode() + body)


@lru_cache(maxsize=8)
def _sender(mail_from: str, reply_to: str) -> Sender:
    name, address = parseaddr(mail_from)
    lines = f"From: {_named('From', name, address)}\r\n"
    if reply_to:
        lines += f"Reply-To: {_named('Reply-To', *parseaddr(reply_to))}\r\n"
    return Sender(address, address.partition("@")[2], lines)


def _address(email: str) -> str:
    local, _at, domain = email.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError as reason:
        raise RefusedForGood(f"WrongAddress: {reason}") from reason
    if not local or not host or len(local) > LONGEST_LOCAL_PART or NOT_IN_AN_ADDRESS & {*local, *host}:
        raise RefusedForGood("WrongAddress: no mail server knows how to read it")
    return f"{local}@{host}"


def _header(name: str, value: str) -> str:
    """Folded, and as encoded words where it is not plain."""
    if _is_plain(value) and len(name) + len(value) < 76:
        return value
    return Header(value, "utf-8", header_name=name).encode(linesep="\r\n")


def _is_plain(text: str) -> bool:
    """May it stand as it is: no accents, no controls, and nothing that looks like an encoded word."""
    return text.isascii() and text.isprintable() and "=?" not in text


def _named(header: str, name: str, address: str) -> str:
    if not name:
        return address
    if _is_plain(name) and len(header) + len(name) + len(address) < 64:
        return f'"{quote(name)}" <{address}>'
    return f"{_header(header, name)}\r\n <{address}>"


def _part(subtype: str, text: str) -> bytes:
    words = binascii.b2a_qp(text.encode(), istext=True).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return (
        f'Content-Type: text/{subtype}; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'.encode()
        + words
    )
