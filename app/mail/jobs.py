"""Sending what is due: to a mail server, or to a folder on a newcomer's machine."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, make_msgid, parseaddr
from pathlib import Path
from urllib.parse import unquote, urlsplit

from flask import current_app

from app.core import clock
from app.core.db import unit_of_work
from app.core.logs import log
from app.mail import actions
from app.mail.models import Letter

Deliver = Callable[[EmailMessage], None]
PATIENCE_SECONDS = 20


def deliver() -> int:
    """Send every due letter, each in its own transaction; returns how many were tried."""
    tried = 0
    send = _way(current_app.config["MAIL_URL"], Path(current_app.config["DATA_DIR"]))
    while _deliver_one(send):
        tried += 1
    return tried


def _deliver_one(send: Deliver) -> bool:
    with unit_of_work():
        letter = actions.claim(at=clock.now())
        letter_id = letter.id if letter else None
        message = message_for(letter, current_app.config["MAIL_FROM"]) if letter else None
    if letter_id is None or letter is None or message is None:
        return False
    error = ""
    try:
        send(message)
    except (OSError, smtplib.SMTPException) as failure:
        error = f"{type(failure).__name__}: {failure}"
        log.warning("letter not sent", letter=letter_id, error=type(failure).__name__)
    with unit_of_work() as session:
        letter = session.get_one(Letter, letter_id)
        if error:
            actions.not_sent(letter, error=error, at=clock.now())
        else:
            actions.sent(letter, at=clock.now())
    return True


def message_for(letter: Letter, sender: str) -> EmailMessage:
    """The letter as a mail: plain text first, then HTML; answers are not expected from machines."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = letter.subject
    message["From"] = sender
    message["To"] = formataddr((letter.to_name, letter.to_email))
    message["Date"] = format_datetime(clock.in_brussels(letter.created_at))
    message["Message-ID"] = make_msgid(f"letter{letter.id}", domain=parseaddr(sender)[1].partition("@")[2])
    message["Content-Language"] = letter.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return message


def _way(mail_url: str, data_dir: Path) -> Deliver:
    """How MAIL_URL wants letters delivered."""
    parts = urlsplit(mail_url)
    if parts.scheme == "folder":
        folder = Path(parts.path) if parts.path else data_dir / "mail"
        return lambda message: _to_folder(message, folder)
    return lambda message: _to_server(message, mail_url)


def _to_folder(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = message["Message-ID"].strip("<>").replace("/", "_")
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


def _to_server(message: EmailMessage, mail_url: str) -> None:
    parts = urlsplit(mail_url)
    host = parts.hostname or "localhost"
    server: smtplib.SMTP
    if parts.scheme == "smtps":
        safely = ssl.create_default_context()
        server = smtplib.SMTP_SSL(host, parts.port or 465, timeout=PATIENCE_SECONDS, context=safely)
    else:
        server = smtplib.SMTP(host, parts.port or 25, timeout=PATIENCE_SECONDS)
    with server:
        server.ehlo()
        if parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
