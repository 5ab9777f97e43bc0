"""Mail transports: a mail server, or a folder on a developer's machine."""

import contextlib
import smtplib
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any, Protocol, Self
from urllib.parse import unquote, urlsplit

from app.core import private

TIMEOUT_SECONDS = 20
MAX_PER_CONNECTION = 100  # many servers disconnect after this many
CLOSING = 421
LOCAL_HOSTS = ("127.0.0.1", "::1", "localhost")
PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """A message ready to send, with its Message-ID and envelope."""

    message_id: str
    sender: str
    to: str
    raw_bytes: bytes


class RefusedForGood(Exception):
    """The mail server refuses this letter permanently."""


class Later(Exception):
    """The mail server refuses this letter for now."""


class ServerGone(Exception):
    """The mail server cannot be used: unreachable, silent, disconnected, or it refuses our credentials."""


class MailTransport(Protocol):
    """Sends mails while it is open."""

    def send(self, mail: Mail) -> None:
        """Send one mail. Raises RefusedForGood, Later or ServerGone."""

    def __enter__(self) -> Self:
        """Open."""

    def __exit__(self, *reason: object) -> None:
        """Close."""


def transport_for(config: Mapping[str, Any]) -> MailTransport:
    """The transport that these settings name."""
    parts = urlsplit(config["MAIL_URL"])
    if parts.scheme == "folder":
        return Folder(Path(parts.path) if parts.path else Path(config["DATA_DIR"]) / "mail")
    return Server(config["MAIL_URL"], name=urlsplit(config["BASE_URL"]).hostname or "localhost")


class Folder(contextlib.AbstractContextManager["Folder"]):
    """Writes one file per message. A retry overwrites the same file."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __exit__(self, *_how: object) -> None:
        """Nothing to close."""

    def send(self, mail: Mail) -> None:
        """Write the message to its file."""
        try:
            private.make_folder(self.place)
            private.write(self.place / f"{mail.message_id.replace('/', '_')}.eml", mail.raw_bytes)
        except OSError as reason:
            raise ServerGone(f"{type(reason).__name__}: {reason.strerror}") from reason

    def plain_part(self, letter_id: int) -> str:
        """The plain text of a letter in this folder, or an empty string."""
        for place in self.place.glob(f"letter{letter_id}.*.eml"):
            part = message_from_bytes(place.read_bytes(), policy=policy.default).get_body(("plain",))
            return str(part.get_content()).replace("\r\n", "\n") if part else ""
        return ""


class Server(contextlib.AbstractContextManager["Server"]):
    """A mail server. One connection serves many letters."""

    def __init__(self, url: str, *, name: str) -> None:
        self.parts, self.name = urlsplit(url), name
        self.server: smtplib.SMTP | None = None
        self.sent = 0

    def __exit__(self, *_how: object) -> None:
        """Close the connection."""
        if self.server is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.server.quit()
            self._drop()

    def send(self, mail: Mail) -> None:
        """Hand one mail over. A used connection that the server closes before the mail is replaced once."""
        try:
            try:
                self._send(mail)
            except smtplib.SMTPSenderRefused as reason:
                if reason.smtp_code != CLOSING or not self.sent:
                    raise
                self._drop()
                self._send(mail)
        except smtplib.SMTPRecipientsRefused as reason:
            raise _refusal(*reason.recipients[mail.to]) from reason
        except smtplib.SMTPDataError as reason:
            raise _refusal(reason.smtp_code, reason.smtp_error) from reason
        except smtplib.SMTPSenderRefused as reason:
            raise ServerGone(_answer(reason.smtp_code, reason.smtp_error)) from reason
        except (OSError, smtplib.SMTPException) as reason:
            self._drop()
            raise ServerGone(f"{type(reason).__name__}: {reason}") from reason
        self.sent += 1

    def _send(self, mail: Mail) -> None:
        if self.sent >= MAX_PER_CONNECTION:
            self.__exit__()
        if self.server is None:
            self.server = self._connect()
        options = [] if mail.to.isascii() else ["SMTPUTF8"]
        if options and not self.server.has_extn("smtputf8"):
            raise RefusedForGood("WrongAddress: the mail server takes no address with such letters")
        self.server.sendmail(mail.sender, [mail.to], mail.raw_bytes, options)

    def _connect(self) -> smtplib.SMTP:
        scheme, host = self.parts.scheme, self.parts.hostname or "localhost"
        port = self.parts.port or PORTS[scheme]
        server: smtplib.SMTP
        if scheme == "smtps":
            context = ssl.create_default_context()
            server = smtplib.SMTP_SSL(host, port, self.name, timeout=TIMEOUT_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, port, self.name, timeout=TIMEOUT_SECONDS)
        try:
            self._authenticate(server, host)
        except BaseException:
            server.close()
            raise
        return server

    def _authenticate(self, server: smtplib.SMTP, host: str) -> None:
        scheme = self.parts.scheme
        server.ehlo()
        if scheme == "starttls" or (scheme == "smtp" and server.has_extn("starttls")):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if self.parts.username:
            if not isinstance(server.sock, ssl.SSLSocket) and host not in LOCAL_HOSTS:
                raise ServerGone("Insecure: a password goes over an encrypted connection only")
            server.login(unquote(self.parts.username), unquote(self.parts.password or ""))

    def _drop(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server, self.sent = None, 0


def _refusal(code: int, answer: bytes | str) -> Exception:
    """The exception for an answer that refuses the recipient or the content."""
    if code == CLOSING:
        return ServerGone(_answer(code, answer))
    return (RefusedForGood if code >= 500 else Later)(_answer(code, answer))


def _answer(code: int, answer: bytes | str) -> str:
    return f"{code} {answer if isinstance(answer, str) else answer.decode('utf-8', 'replace')}"
