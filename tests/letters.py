"""What people find in their mail: the outbox, and the letters that were delivered to the folder."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from app.accounts import jobs as accounts_jobs
from app.core.db.base import db
from app.mail.jobs import delivery
from app.mail.models import OutgoingMail


class Mailbox:
    """Every letter of the present application."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    @property
    def folder(self) -> Path:
        """Where the mails of this application arrive."""
        return Path(self.app.config["DATA_DIR"]) / "mail"

    @property
    def letters(self) -> list[OutgoingMail]:
        """All letters written so far, oldest first, sent or not."""
        db.session.rollback()
        accounts_jobs.send_links()
        return list(db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id)))

    @property
    def kinds(self) -> list[str]:
        """The kinds of letters, oldest first: `["application_started", "application_received"]`."""
        return [letter.kind for letter in self.letters]

    def last(self, kind: str | None = None, *, to: str | None = None) -> OutgoingMail:
        """The newest letter, of this kind and to this address if given."""
        wanted = [letter for letter in self.letters if kind in (None, letter.kind) and to in (None, letter.to_email)]
        assert wanted, f"no letter {kind or ''} to {to or 'anybody'}; there are {self.kinds}"
        return wanted[-1]

    def link(self, kind: str | None = None, *, to: str | None = None) -> str:
        """The address behind the button of the newest such letter."""
        return self.link_of(self.last(kind, to=to))

    def link_of(self, letter: OutgoingMail) -> str:
        """The address behind the button of this letter."""
        found = re.findall(r"https?://\S+", delivery.as_sent(letter))
        assert found, f"no address in the letter {letter.kind}:\n{letter.text}"
        return found[0]

    def deliver(self) -> list[EmailMessage]:
        """Send what is due, and read what lies in the folder, oldest first."""
        db.session.commit()
        accounts_jobs.send_links()
        delivery.deliver()
        return self.delivered()

    def delivered(self) -> list[EmailMessage]:
        """What lies in the folder, by the number of the letter."""
        read = [message_from_bytes(place.read_bytes(), policy=policy.default) for place in self.folder.glob("*.eml")]
        return sorted(read, key=lambda message: int(re.findall(r"letter(\d+)", message["Message-ID"])[0]))
