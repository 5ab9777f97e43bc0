"""Kill the server amid concurrent submissions: acknowledged ones must exist afterwards, once and complete."""

import http.client
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import func, select, text

from app.applications.models import Application, Submission
from app.applications.rules.states import State
from app.core.audit import audit_trail
from app.core.db.base import db
from app.mail.models import OutgoingMail
from bench.load import Connection
from bench.server import Server
from bench.site import Site
from bench.stock import Draft

RECEIVED = "/ontvangen"


@dataclass
class Verdict:
    """The result: acknowledged submissions, and those of them that are lost or duplicated."""

    receipts: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)


class Crowd:
    """People who submit until the server is gone. `receipts`: applications whose receipt was seen."""

    def __init__(self, server: Server, drafts: list[Draft], *, people: int) -> None:
        self.receipts: list[Draft] = []
        self.unsure: list[Draft] = []
        self._server, self._waiting = server, drafts
        self._threads = [threading.Thread(target=self._hand_in, daemon=True) for _ in range(people)]

    def begin(self) -> None:
        """Start all submissions."""
        for thread in self._threads:
            thread.start()

    def wait_for(self, receipts: int, patience: float = 60.0) -> None:
        """Wait for this many receipts, or until nobody has anything left."""
        end = time.monotonic() + patience
        while len(self.receipts) < receipts and any(thread.is_alive() for thread in self._threads):
            if time.monotonic() > end:
                raise RuntimeError(f"{len(self.receipts)} receipts in {patience} s")
            time.sleep(0.001)

    def join(self) -> None:
        """Wait until everybody has noticed that the server is gone."""
        for thread in self._threads:
            thread.join()

    def _hand_in(self) -> None:
        connection = Connection(self._server.port)
        while self._waiting:
            draft = self._waiting.pop()
            try:
                acknowledged = is_receipt(connection.send(draft.handing_in()))
            except (OSError, http.client.HTTPException):
                self.unsure.append(draft)
                break
            (self.receipts if acknowledged else self.unsure).append(draft)
        connection.close()


def is_receipt(answer: http.client.HTTPResponse) -> bool:
    """True when the response is a receipt."""
    return answer.status == http.HTTPStatus.SEE_OTHER and RECEIVED in str(answer.getheader("Location"))


def pull_the_plug(
    site: Site,
    drafts: list[Draft],
    verdict: Verdict,
    *,
    chance: random.Random,
    people: int,
    receipts: int,
    also: Callable[[], None] | None = None,
) -> None:
    """One round, at a random moment around this many receipts; `also` runs while the server is down.

    People without an answer submit again afterwards: that too must give one submission.
    """
    crowd = Crowd(site.server, drafts, people=people)
    crowd.begin()
    crowd.wait_for(chance.randint(max(receipts // 2, 1), receipts * 3 // 2))
    time.sleep(chance.random() * 0.05)
    site.server.kill()
    crowd.join()
    if also is not None:
        also()
    verdict.seconds.append(site.server.start())
    look(site, crowd.receipts, verdict)
    again = Connection(site.server.port)
    sure = [draft for draft in crowd.unsure if is_receipt(again.send(draft.handing_in()))]
    again.close()
    verdict.lost += [f"{draft.key}: sent again, not taken" for draft in crowd.unsure if draft not in sure]
    look(site, sure, verdict)
    verdict.receipts += len(crowd.receipts) + len(sure)


def look(site: Site, receipts: list[Draft], verdict: Verdict) -> None:
    """Compare what people were told with the database."""
    with site.app.app_context():
        states = {row.key: row.state for row in db.session.execute(select(Application.key, Application.state))}
        handed_in = Counter(db.session.scalars(select(Submission.application_id)))
        letters = Counter(
            db.session.scalars(select(OutgoingMail.about).where(OutgoingMail.kind == "application_received"))
        )
        verdict.broken += _broken(site, handed_in, letters)
        db.session.remove()
    for draft in receipts:
        found = handed_in[draft.id], letters[f"application:{draft.id}"]
        if states.get(draft.key) != State.SUBMITTED or 0 in found:
            verdict.lost.append(f"{draft.key}: {states.get(draft.key)}, {found}")
        if max(found) > 1:
            verdict.doubled.append(f"{draft.key}: {found}")


def _broken(site: Site, handed_in: Counter[int], letters: Counter[str]) -> list[str]:
    """What must never remain: half a submission, a broken audit chain, a damaged file."""
    found = [f"line {line} of the audit trail" for line in audit_trail.broken_links()]
    if {f"application:{id_}" for id_ in handed_in} != set(letters):
        found.append("hand-ins and their letters are not the same")
    numbered = select(func.count()).where(Application.reference.is_not(None), Application.state != State.SUBMITTED)
    if db.session.scalar(numbered):
        found.append("a reference without a hand-in")
    if site.is_sqlite:
        if (said := db.session.scalar(text("PRAGMA integrity_check"))) != "ok":
            found.append(f"integrity_check: {said}")
        found += [f"foreign_key_check: {row}" for row in db.session.execute(text("PRAGMA foreign_key_check"))]
    return found
