"""Subscribing and the e-mails about calls: what is stored, what is sent, once, and to whom."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.applications.actions.withdrawing import withdraw_consent
from app.consents.models import Consent
from app.core import clock as the_clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.db.transactions import unit_of_work
from app.programmes.models import Call
from app.subscriptions import actions, jobs, queries
from app.subscriptions.models import CallNotice, Subscription, SubscriptionLink, SubscriptionRequest
from tests.builders import a_call, a_person, a_programme, both
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.subscriptions.scenes import ZOE, a_request, a_subscription

pytestmark = pytest.mark.usefixtures("app")
DAY = timedelta(days=1)


def a_coming_call(key: str = "seeds", *, in_days: float = 5, lasts: float = 40, **values: Any) -> Call:
    opens_at = the_clock.now() + timedelta(days=in_days)
    closes_at = opens_at + timedelta(days=lasts)
    return a_call(values.pop("programme", None) or a_programme(key), opens_at=opens_at, closes_at=closes_at, **values)


def rows(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def sent(mailbox: Mailbox) -> list[tuple[str, str]]:
    """(kind, address) of each e-mail about a call."""
    return [
        (one.kind.removeprefix("subscription_"), one.to_email)
        for one in mailbox.letters
        if one.kind in ("subscription_opened", "subscription_closing")
    ]


def test_nothing_is_subscribed_before_it_is_confirmed(mailbox: Mailbox, clock: Clock) -> None:
    a_coming_call(in_days=1)
    a_request("calls", "newsletter")
    db.session.commit()

    clock.forward(days=2)

    assert jobs.send_notices() == 0
    assert (rows(Subscription), queries.newsletter_addresses(clock())) == (0, [])
    assert mailbox.kinds == ["subscription_confirm"]


def test_the_stored_request_and_letter_hold_no_key(mailbox: Mailbox) -> None:
    asked = a_request()
    db.session.commit()
    key = mailbox.link("subscription_confirm").rsplit("/", 1)[-1]

    assert len(key) == 43
    letter = mailbox.last("subscription_confirm")
    assert key not in letter.text + letter.html + letter.body + letter.sealed
    assert key not in (asked.token_hash, asked.key)
    assert queries.request_of(key) is not None
    assert queries.request_of(asked.token_hash) is None


def test_one_mail_at_the_opening_and_one_a_week_before_closing(mailbox: Mailbox, clock: Clock) -> None:
    call = a_coming_call()
    a_subscription("calls:seeds")
    a_subscription("calls", email="amina@example.be", language="fr")
    a_subscription("calls:other", email="other@example.be")
    a_subscription("newsletter", email="news@example.be")
    both_of_them = [ZOE, "amina@example.be"]

    assert jobs.send_notices() == 0
    clock.set(call.opens_at)
    assert [jobs.send_notices(), jobs.send_notices()] == [2, 0]
    assert sent(mailbox) == [("opened", one) for one in both_of_them]
    assert call.closes_at
    clock.set(call.closes_at - 7 * DAY)
    assert [jobs.send_notices(), jobs.send_notices()] == [2, 0]
    assert sent(mailbox)[2:] == [("closing", one) for one in both_of_them]
    clock.set(call.closes_at)
    assert jobs.send_notices() == 0


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        (
            "nl",
            "De oproep voor Fundament is open",
            "‘Oproep 2027’ kun je je nu kandidaat stellen. Je kunt je",
        ),
        (
            "fr",
            "L’appel Fondations est ouvert",
            "« Appel 2027 ». Vous pouvez introduire",
        ),
    ],
)
def test_the_mail_speaks_the_language_of_the_subscription_and_can_be_stopped(
    mailbox: Mailbox, clock: Clock, language: str, subject: str, words: str
) -> None:
    programme = a_programme("base", title=both("Fundament", "Fondations"))
    a_coming_call(programme=programme, title=both("Oproep 2027", "Appel 2027"))
    a_subscription("calls:base", language=language)
    clock.forward(days=6)
    jobs.send_notices()

    confirmation, mail = mailbox.deliver()

    plain = mail.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert mail["Subject"].replace("\u00a0", " ") == subject
    said = " ".join(plain.replace("\u00a0", " ").split())
    assert words in said
    assert {"nl": "indienen tot donderdag 18 maart 2027", "fr": "jusqu’au jeudi 18 mars 2027"}[language] in said
    assert mail["Content-Language"] == language
    stop, manage = {"nl": ("stoppen", "beheren"), "fr": ("arreter", "gerer")}[language]
    address = str(mail["List-Unsubscribe"]).strip(" <>")
    assert f"/{stop}/" in address
    assert address.startswith("http://127.0.0.1")
    key = address.rsplit("/", 1)[-1]
    assert f"/{manage}/{key}" in plain
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert queries.subscription_of(key)
    letter = mailbox.last("subscription_opened")
    assert key not in letter.text + letter.html + letter.body + letter.unsubscribe
    assert "List-Unsubscribe" not in confirmation


def test_each_mail_has_a_link_of_its_own_and_all_of_them_work(mailbox: Mailbox, clock: Clock) -> None:
    call = a_coming_call()
    a_subscription()
    for at in (call.opens_at, (call.closes_at or call.opens_at) - 7 * DAY):
        clock.set(at)
        jobs.send_notices()

    keys = {str(one["List-Unsubscribe"]).strip(" <>").rsplit("/", 1)[-1] for one in mailbox.deliver()[1:]}

    assert len(keys) == 2
    assert all(queries.subscription_of(key) for key in keys)
    assert rows(SubscriptionLink) == 3


def test_who_confirms_while_a_call_is_open_saw_it_on_the_page(mailbox: Mailbox, clock: Clock) -> None:
    call = a_coming_call(in_days=0)
    a_subscription()

    assert jobs.send_notices() == 0
    assert call.closes_at
    clock.set(call.closes_at - 7 * DAY)
    assert jobs.send_notices() == 1
    assert sent(mailbox) == [("closing", ZOE)]


@pytest.mark.parametrize("hidden", ["programme", "call", "example"])
def test_nobody_hears_of_what_is_not_public_or_an_example(mailbox: Mailbox, clock: Clock, hidden: str) -> None:
    a_subscription()
    values = {"programme": {"published_at": None}, "example": {"is_example": True}}.get(hidden, {})
    call = a_coming_call(programme=a_programme("hidden", **values))
    if hidden == "call":
        call.published_at = None
    db.session.commit()
    clock.set(call.opens_at)

    assert jobs.send_notices() == 0


def test_a_call_published_late_and_a_call_that_moves(mailbox: Mailbox, clock: Clock) -> None:
    call = a_coming_call(published_at=None)
    a_subscription()
    clock.set(call.opens_at + 3 * DAY)
    assert jobs.send_notices() == 0
    call.published_at = clock()
    db.session.commit()
    assert jobs.send_notices() == 1
    assert call.closes_at
    clock.set(call.closes_at - 7 * DAY)
    assert jobs.send_notices() == 1

    call.closes_at = clock() + 2 * DAY
    db.session.commit()
    assert [jobs.send_notices(), jobs.send_notices()] == [1, 0]
    call.closes_at = clock() + 20 * DAY
    db.session.commit()
    assert jobs.send_notices() == 0
    clock.set(call.closes_at - 7 * DAY)
    assert jobs.send_notices() == 1
    call.closes_at = clock()
    db.session.commit()
    assert jobs.send_notices() == 0
    assert sent(mailbox) == [(kind, ZOE) for kind in ("opened", "closing", "closing", "closing")]


def test_two_workers_at_once_write_each_mail_once(app: Flask, mailbox: Mailbox, clock: Clock) -> None:
    call = a_coming_call()
    for number in range(3):
        a_subscription(email=f"person-{number}@example.be")
    clock.set(call.opens_at)
    db.session.rollback()
    ready, counts = threading.Barrier(2), []

    def work() -> None:
        with app.app_context():
            ready.wait()
            counts.append(jobs.send_notices())

    threads = [threading.Thread(target=work) for _number in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sum(counts) == 3
    assert sorted(sent(mailbox)) == [("opened", f"person-{number}@example.be") for number in range(3)]
    assert rows(CallNotice) == 3


def test_two_confirmations_at_once_make_one_subscription(app: Flask, clock: Clock) -> None:
    numbers = [a_request("calls:seeds").id, a_request("newsletter").id]
    db.session.commit()
    ready = threading.Barrier(2)

    def work(number: int) -> None:
        with app.app_context():
            ready.wait()
            with unit_of_work():
                actions.confirm(db.session.get_one(SubscriptionRequest, number), at=clock())

    threads = [threading.Thread(target=work, args=(number,)) for number in numbers]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    db.session.rollback()
    found = db.session.scalars(select(Subscription)).one()
    assert found.topic_names == {"calls:seeds", "newsletter"}


def test_a_link_confirms_once_and_starts_nothing_again(clock: Clock) -> None:
    asked = a_request("calls")
    first = actions.confirm(asked, at=clock())
    assert first
    assert actions.confirm(asked, at=clock.forward(hours=1)) is first
    assert first.renewed_at == clock() - timedelta(hours=1)

    actions.stop(first, by=first.ref, at=clock())
    assert actions.confirm(asked, at=clock()) is None
    assert rows(Subscription) == 0


def test_a_second_request_adds_its_topics_only_when_it_is_confirmed(clock: Clock) -> None:
    found = a_subscription("calls:seeds", language="nl")
    asked = a_request("newsletter", language="fr")
    db.session.commit()
    assert (found.topic_names, found.language) == ({"calls:seeds"}, "nl")

    actions.confirm(asked, at=clock())

    assert (found.topic_names, found.language) == ({"calls:seeds", "newsletter"}, "fr")
    assert [one.action for one in audit_trail.history(found.ref)] == ["subscription.confirmed"] * 2


def test_stopping_takes_everything_along_also_what_waits_to_be_sent(mailbox: Mailbox, clock: Clock) -> None:
    call = a_coming_call()
    found = a_subscription("calls", "newsletter")
    mailbox.deliver()
    clock.set(call.opens_at)
    jobs.send_notices()

    actions.stop(found, by=found.ref, at=clock())
    db.session.commit()

    assert [one["Subject"] for one in mailbox.deliver()] == ["Bevestig je abonnement"]
    assert [rows(one) for one in (Subscription, SubscriptionLink, CallNotice)] == [0, 0, 0]
    assert audit_trail.latest(1, ["subscription.stopped"])


def a_consent(email: str = ZOE) -> Consent:
    person = a_person(email=email)
    person.email_confirmed_at = the_clock.now()
    given = {"purpose": "newsletter", "version": "2026-11", "language": "nl", "text": "Stuur me de nieuwsbrief."}
    made = Consent(person_id=person.id, given_at=the_clock.now(), **given)
    db.session.add(made)
    db.session.commit()
    return made


def test_one_list_serves_the_newsletter_whoever_asked_for_it_where(clock: Clock) -> None:
    a_consent()
    a_consent("form@example.be")
    a_subscription("newsletter", language="fr")
    a_subscription("newsletter", email="site@example.be")
    a_subscription("calls", email="calls@example.be")

    found = queries.newsletter_addresses(clock())

    assert [(one.email, one.language, one.version) for one in found] == [
        ("form@example.be", "nl", "2026-11"),
        ("site@example.be", "nl", "2026-12"),
        (ZOE, "fr", "2026-12"),
    ]
    assert [one.email for one in queries.call_addresses()] == ["calls@example.be"]


@pytest.mark.parametrize("way", ["stopped", "unticked", "withdrawn", "phone"])
def test_who_leaves_the_newsletter_leaves_it_everywhere(clock: Clock, way: str) -> None:
    consent, found = a_consent(), a_subscription("calls", "newsletter")
    if way == "stopped":
        actions.stop(found, by=found.ref, at=clock())
    elif way == "unticked":
        actions.change(found, language="nl", topics={"calls"}, at=clock())
    elif way == "withdrawn":
        withdraw_consent(consent, by="person:1", at=clock())
    else:
        assert actions.stop_address(ZOE, by="person:1", at=clock())
    db.session.commit()

    assert queries.newsletter_addresses(clock()) == []
    assert consent.withdrawn_at == clock()
    left = queries.subscription_with(ZOE)
    assert (left.topic_names if left else None) == ({"calls"} if way in ("unticked", "withdrawn") else None)


def test_a_withdrawn_consent_ends_a_subscription_without_another_topic(clock: Clock) -> None:
    consent = a_consent()
    found = a_subscription("newsletter").ref

    withdraw_consent(consent, by="person:1", at=clock())
    db.session.commit()

    assert rows(Subscription) == 0
    assert audit_trail.history(found)[0].action == "subscription.stopped"


def test_a_month_before_the_end_one_mail_asks_to_renew(mailbox: Mailbox, clock: Clock) -> None:
    found = a_subscription()
    clock.set(found.ends_at - 31 * DAY)
    db.session.commit()
    clock.forward(hours=-1)
    assert jobs.ask_to_renew() == 0
    clock.forward(hours=2)
    assert [jobs.ask_to_renew(), jobs.ask_to_renew()] == [1, 0]
    mail = mailbox.deliver()[-1]
    assert mail["Subject"] == "Wil je onze mails over oproepen nog krijgen?"
    assert mail["List-Unsubscribe"]

    actions.change(found, language="nl", topics={"calls"}, at=clock())
    db.session.commit()

    assert found.renewal_asked_at is None
    assert found.ends_at > clock() + 700 * DAY
    clock.forward(days=720)
    assert jobs.ask_to_renew() == 1
