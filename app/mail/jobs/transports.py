"""Who takes a mail along: a mail server, or a folder on a newcomer's machine."""

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

PATIENCE_SECONDS = 20
MOST_PER_CONNECTION = 100  # many servers hang up after so many
CLOSING = 421
OWN_MACHINE = ("127.0.0.1", "::1", "localhost")
PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}


@dataclass(frozen=True)
class Mail:
    """A mail on its way: its Message-ID, its envelope, and itself."""

    message_id: str
    sender: str
    to: str
    raw_bytes: bytes


class RefusedForGood(Exception):
    """The mail server refuses this letter, and will refuse it tomorrow."""


class Later(Exception):
    """The mail server does not take this letter now."""


class ServerGone(Exception):
    """The mail server takes nothing at all: away, silent, hung up, or we are not let in."""


class MailTransport(Protocol):
    """Takes mails along, as long as it is open."""

    def send(self, mail: Mail) -> None:
        """Hand one over; raises RefusedForGood, Later or ServerGone."""

    def __enter__(self) -> Self:
        """Open."""

    def __exit__(self, *reason: object) -> None:
        """Close."""


def transport_for(config: Mapping[str, Any]) -> MailTransport:
    """Who takes mails along by these settings."""
    parts = urlsplit(config["MAIL_URL"])
    if parts.scheme == "folder":
        return Folder(Path(parts.path) if parts.path else Path(config["DATA_DIR"]) / "mail")
    return Server(config["MAIL_URL"], name=urlsplit(config["BASE_URL"]).hostname or "localhost")


class Folder(contextlib.AbstractContextManager["Folder"]):
    """One file per mail; the same mail twice is one file."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def __exit__(self, *_how: object) -> None:
        """Nothing to close."""

    def send(self, mail: Mail) -> None:
        """Write it down."""
        try:
            private.make_folder(self.place)
            private.write(self.place / f"{mail.message_id.replace('/', '_')}.eml", mail.raw_bytes)
        except OSError as reason:
            raise ServerGone(f"{type(reason).__name__}: {reason.strerror}") from reason

    def plain_part(self, letter_id: int) -> str:
        """The text of a letter that lies here; nothing where it does not."""
        for place in self.place.glob(f"letter{letter_id}.*.eml"):
            part = message_from_bytes(place.read_bytes(), policy=policy.default).get_body(("plain",))
            return str(part.get_content()).replace("\r\n", "\n") if part else ""
        return ""


class Server(contextlib.AbstractContextManager["Server"]):
    """A mail server; one connection carries many letters."""

    def __init__(self, url: str, *, name: str) -> None:
        self.parts, self.name = urlsplit(url), name
        self.server: smtplib.SMTP | None = None
        self.carried = 0

    def __exit__(self, *_how: object) -> None:
        """Say goodbye."""
        if self.server is not None:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                self.server.quit()
            self._drop()

    def send(self, mail: Mail) -> None:
        """Hand one over: sender, reader, words. What breaks before the words may be begun anew."""
        try:
            server = self._greeted(mail.sender, [] if mail.to.isascii() else ["SMTPUTF8"])
            _agreed(server, *server.rcpt(mail.to))
            _agreed(server, *server.data(mail.raw_bytes))
        except smtplib.SMTPDataError as reason:  # it refused to hear the words
            _agreed(self.server, reason.smtp_code, _octets(reason.smtp_error))
        except (OSError, smtplib.SMTPException) as reason:
            self._drop()
            raise ServerGone(f"{type(reason).__name__}: {reason}") from reason
        self.carried += 1

    def _greeted(self, sender: str, options: list[str]) -> smtplib.SMTP:
        """A server that has taken MAIL FROM; an old connection that turns out to be dead is replaced once."""
        if self.server is not None and self.carried < MOST_PER_CONNECTION:
            with contextlib.suppress(OSError, smtplib.SMTPException):
                if self.server.mail(sender, options)[0] == 250:
                    return self.server
        self.__exit__()
        self.server = self._connect()
        if options and not self.server.has_extn("smtputf8"):
            raise RefusedForGood("WrongAddress: the mail server takes no address with such letters")
        code, said = self.server.mail(sender, options)
        if code != 250:
            raise ServerGone(_said(code, said))
        return self.server

    def _connect(self) -> smtplib.SMTP:
        scheme, host = self.parts.scheme, self.parts.hostname or "localhost"
        port = self.parts.port or PORTS[scheme]
        server: smtplib.SMTP
        if scheme == "smtps":
            safely = ssl.create_default_context()
            server = smtplib.SMTP_SSL(host, port, self.name, timeout=PATIENCE_SECONDS, context=safely)
        else:
            server = smtplib.SMTP(host, port, self.name, timeout=PATIENCE_SECONDS)
        try:
            self._come_in(server, host)
        except BaseException:
            server.close()
            raise
        return server

    def _come_in(self, server: smtplib.SMTP, host: str) -> None:
        scheme = self.parts.scheme
        server.ehlo()
        if scheme == "starttls" or (scheme == "smtp" and server.has_extn("starttls")):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        if self.parts.username:
            if not isinstance(server.sock, ssl.SSLSocket) and host not in OWN_MACHINE:
                raise ServerGone("Insecure: a password goes over an encrypted connection only")
            server.login(unquote(self.parts.username), unquote(self.parts.password or ""))

    def _drop(self) -> None:
        if self.server is not None:
            self.server.close()
        self.server, self.carried = None, 0


def _agreed(server: smtplib.SMTP | None, code: int, said: bytes) -> None:
    """Go on after an answer that agrees; else say what kind of no it is, and leave the connection ready for others."""
    if code in (250, 251):
        return
    if code == CLOSING:
        raise ServerGone(_said(code, said))
    if server is not None:
        with contextlib.suppress(OSError, smtplib.SMTPException):
            server.rset()
    raise (RefusedForGood if code >= 500 else Later)(_said(code, said))


def _said(code: int, said: bytes) -> str:
    return f"{code} {said.decode('utf-8', 'replace')}"


def _octets(said: bytes | str) -> bytes:
    return said.encode() if isinstance(said, str) else said
