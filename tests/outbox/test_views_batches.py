"""Series of letters: looked at in both languages, sent at once, followed until the last one left."""

from typing import Any

from app.core.db.base import db
from app.mail.actions import writing
from app.mail.models import OutgoingMail
from app.mail.rules.states import MailState
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.outboxes import a_file
from tests.pages import assert_budget
from tests.people import SignedIn
from tests.selection import a_conflict

NAME = "decisions:seeds-2027:2027-02-01T10:00:00+00:00"
LIST, BATCH, RELEASE = "outbox_batches.batches", "outbox_batches.batch", "outbox_batches.release"


def a_batch(clock: Clock, count: int = 3) -> list[Any]:
    """Held letters, every second one in French; gives their applications."""
    made = []
    for number in range(count):
        application = a_file(f"Project {number}")
        writing.queue(
            "place_given_up",
            to_name=f"Lezer {number}",
            to_email=f"r{number}@example.be",
            language="nl" if number % 2 else "fr",
            key=f"{NAME}:{number}",
            about=application.ref,
            at=clock(),
            batch=NAME,
            on_hold=True,
            application=application,
        )
        made.append(application)
    db.session.commit()
    return made


def states() -> list[str]:
    db.session.rollback()
    return [letter.state for letter in db.session.query(OutgoingMail).order_by(OutgoingMail.id)]


def test_a_series_is_looked_at_in_both_languages_and_sent_at_once(
    els: SignedIn, clock: Clock, mailbox: Mailbox
) -> None:
    a_batch(clock)
    assert mailbox.deliver() == []
    page = els.get(LIST).click("Beslissingen, maandag 1\u00a0februari 2027 om 11.00\u00a0uur")
    assert NAME not in page.text
    assert_budget(page, 10)
    assert [tag["lang"] for tag in page.soup.select("article")] == ["nl", "fr"]

    after = page.submit("3 mails versturen").follow()

    assert states() == [MailState.QUEUED] * 3
    assert after.headers["Refresh"] == "3"
    assert len(mailbox.deliver()) == 3
    done = els.get(BATCH, name=NAME, lang="fr")
    assert "Refresh" not in done.headers
    assert "3 sur 3" in done.text
    assert done.soup.progress is not None
    assert (done.soup.progress["value"], done.soup.progress["max"]) == ("3", "3")


def test_a_second_click_sends_nothing_twice(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    a_batch(clock)
    page = els.get(BATCH, name=NAME)

    page.submit("3 mails versturen")
    mailbox.deliver()
    page.submit("3 mails versturen")

    assert len(mailbox.deliver()) == 3
    assert states() == [MailState.SENT] * 3


def test_nobody_chosen_means_nobody(els: SignedIn, clock: Clock) -> None:
    a_batch(clock)

    page = els.get(BATCH, name=NAME).submit("Alleen de aangevinkte versturen", letter=[], status=422)

    assert page.problems == ["Kies minstens één mail."]
    assert states() == [MailState.ON_HOLD] * 3


def test_only_what_is_ticked_leaves(els: SignedIn, clock: Clock, mailbox: Mailbox) -> None:
    a_batch(clock)
    page = els.get(BATCH, name=NAME)
    ticked = page.value("letter")

    page.submit("Alleen de aangevinkte versturen", letter=ticked[:1])
    els.post(RELEASE, {"letter": ["x", "9" * 50, "999999"]}, name=NAME)

    assert sorted(states()) == [MailState.ON_HOLD, MailState.ON_HOLD, MailState.QUEUED]
    assert len(mailbox.deliver()) == 1


def test_a_series_that_changed_is_looked_at_again(els: SignedIn, clock: Clock) -> None:
    a_batch(clock)
    page = els.get(BATCH, name=NAME)
    letter = db.session.query(OutgoingMail).order_by(OutgoingMail.id).first()
    assert letter is not None
    els.post("outbox_staff.act", {"deed": "cancel"}, letter_id=letter.id)

    again = page.submit("3 mails versturen", status=422)

    assert states() == [MailState.CANCELLED, MailState.ON_HOLD, MailState.ON_HOLD]
    again.submit("2 mails versturen")
    assert states() == [MailState.CANCELLED, MailState.QUEUED, MailState.QUEUED]


def test_what_is_hidden_from_a_colleague_is_not_sent_by_them(els: SignedIn, greta: SignedIn, clock: Clock) -> None:
    first, *_rest = a_batch(clock)
    a_conflict(first, els.person)
    db.session.commit()

    els.get(BATCH, name=NAME).submit("2 mails versturen")

    assert states() == [MailState.ON_HOLD, MailState.QUEUED, MailState.QUEUED]
    greta.get(BATCH, name=NAME).submit("1 mail versturen")
    assert states() == [MailState.QUEUED] * 3


def test_the_page_of_a_series_costs_the_same_for_many(els: SignedIn, clock: Clock) -> None:
    a_batch(clock, 30)

    assert_budget(els.get(BATCH, name=NAME), 10)
    assert_budget(els.get(LIST), 6)


def test_refreshing_can_be_stopped(els: SignedIn, clock: Clock) -> None:
    a_batch(clock)
    page = els.get(BATCH, name=NAME).submit("3 mails versturen").follow()

    stopped = page.click("De pagina niet meer automatisch vernieuwen")

    assert "Refresh" not in stopped.headers


def test_a_series_that_is_not_there(els: SignedIn, daan: SignedIn, clock: Clock) -> None:
    a_batch(clock)

    els.get(BATCH, name="nothing", status=404)
    els.post(RELEASE, {"who": "all"}, name="nothing", status=404)
    els.post(RELEASE, {"who": "all", "ready": "3"}, name=NAME, csrf=False, status=401)
    daan.post(RELEASE, {"who": "all", "ready": "3"}, name=NAME, status=403)
    assert states() == [MailState.ON_HOLD] * 3
