"""Turn a queued letter into a MIME message: plain text first, then HTML.

Uses the `compat32` policy of the standard library. The newer `EmailMessage` decodes a subject that looks like an
encoded word, leaves long names unfolded and takes fourteen times as long (docs/decisions/0021).
"""

import binascii
import hashlib
from collections.abc import Mapping
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from app.core import clock
from app.mail.jobs.transports import Mail, RefusedForGood
from app.mail.rules.parts import wrapped

POLICY = compat32.clone(linesep="\r\n")
MAX_LINE = 76
MAX_LOCAL_PART = 64
FORBIDDEN_IN_ADDRESS = frozenset(' \t\r\n<>()[]:;,\\"')


def message_for(letter: Any, config: Mapping[str, Any]) -> Mail:
    """Build the message of a letter. Retries produce the same bytes, so a duplicate has the same Message-ID.

    Raises RefusedForGood when the address cannot be written in a message.
    """
    sender_name, sender = parseaddr(config["MAIL_FROM"])
    to = _address(letter.to_email)
    digest = hashlib.sha256(letter.key.encode()).hexdigest()[:24]
    message_id = f"letter{letter.id}.{digest}@{sender.partition('@')[2]}"
    message: Message[Any, Any] = MIMEMultipart("alternative", boundary=f"=_{digest}", policy=POLICY)
    message["Subject"] = _text("Subject", letter.subject)
    message["From"] = _mailbox("From", sender_name, sender)
    if config["MAIL_REPLY_TO"]:
        message["Reply-To"] = _mailbox("Reply-To", *parseaddr(config["MAIL_REPLY_TO"]))
    message["To"] = _mailbox("To", letter.to_name, to)
    message["Date"] = format_datetime(clock.in_brussels(letter.created_at))
    message["Message-ID"] = f"<{message_id}>"
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:  # RFC 8058; the mail server has to sign both headers (DKIM)
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.attach(_part("plain", wrapped(letter.text)))
    message.attach(_part("html", letter.html))
    return Mail(message_id, sender, to, message.as_bytes())


def _address(email: str) -> str:
    local, _at, domain = email.rpartition("@")
    try:
        host = domain.encode("idna").decode("ascii")
    except UnicodeError as reason:
        raise RefusedForGood(f"WrongAddress: {reason}") from reason
    if not local or not host or len(local) > MAX_LOCAL_PART or FORBIDDEN_IN_ADDRESS & {*local, *host}:
        raise RefusedForGood("WrongAddress: no mail server knows how to read it")
    return f"{local}@{host}"


def _text(name: str, value: str) -> Header | str:
    if _is_plain(value) and len(name) + len(value) < MAX_LINE:
        return value
    return Header(value, "utf-8", MAX_LINE, name)


def _mailbox(header: str, name: str, address: str) -> Header | str:
    if not name:
        return address
    if _is_plain(name) and len(header) + len(name) + len(address) < MAX_LINE - 12:
        return formataddr((name, address))
    value = Header(name, "utf-8", MAX_LINE, header)
    value.append(f"<{address}>", "us-ascii" if address.isascii() else "utf-8")
    return value


def _is_plain(text: str) -> bool:
    """True for printable ASCII that no mail program mistakes for an encoded word."""
    return text.isascii() and text.isprintable() and "=?" not in text


def _part(subtype: str, text: str) -> MIMENonMultipart:
    """A text part. `binascii` encodes quoted-printable in C; `email.charset` does it in Python."""
    part = MIMENonMultipart("text", subtype, charset="utf-8", policy=POLICY)
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(binascii.b2a_qp(text.encode(), istext=True).replace(b"\r\n", b"\n").decode("ascii"))
    return part
