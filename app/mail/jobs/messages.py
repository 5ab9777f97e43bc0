"""A letter as a mail: plain text first, then HTML; answers are not expected from machines."""

import hashlib
from collections.abc import Mapping
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime, parseaddr
from typing import Any

from app.core import clock
from app.mail.jobs.carriers import RefusedForGood
from app.mail.models import Letter


def message_for(letter: Letter, config: Mapping[str, Any]) -> EmailMessage:
    """The mail of a letter, the same at every try: a doubled delivery is known by its Message-ID.

    Raises RefusedForGood when no mail can be written to the address.
    """
    try:
        to = _address(letter)
    except (ValueError, IndexError, UnicodeError, MessageError) as reason:
        raise RefusedForGood(f"WrongAddress: {reason}") from reason
    message = EmailMessage(policy=SMTP if to.addr_spec.isascii() else SMTPUTF8)
    message["Subject"] = letter.subject
    message["From"] = config["MAIL_FROM"]
    message["To"] = to
    if config["MAIL_REPLY_TO"]:
        message["Reply-To"] = config["MAIL_REPLY_TO"]
    message["Date"] = format_datetime(clock.in_brussels(letter.created_at))
    message["Message-ID"] = message_id(letter, config["MAIL_FROM"])
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message


def message_id(letter: Letter, sender: str) -> str:
    """Made of the letter's number and key: another database's letter of the same number has another one."""
    digest = hashlib.sha256(letter.key.encode()).hexdigest()[:24]
    return f"<letter{letter.id}.{digest}@{parseaddr(sender)[1].partition('@')[2]}>"


def _address(letter: Letter) -> Address:
    username, _at, domain = letter.to_email.rpartition("@")
    return Address(letter.to_name, username, domain.encode("idna").decode("ascii"))
