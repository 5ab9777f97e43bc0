"""Ask, confirm, change, renew and stop a subscription; tell subscribers about calls; forget."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.accounts.models import Person
from app.accounts.rules import hashed, new_token
from app.applications.actions.withdrawing import withdraw_consent
from app.applications.models import Application
from app.consents.models import Consent
from app.consents.rules import NEWSLETTER as PURPOSE
from app.core.audit import audit_trail
from app.core.db.base import change_any, db, lock, lock_where
from app.core.db.unique import get_or_create
from app.core.i18n.addresses import mailed_address
from app.mail import queries as mail_queries
from app.mail.actions import writing
from app.mail.models import OutgoingMail
from app.programmes.models import Call
from app.subscriptions import queries
from app.subscriptions.models import CallNotice, Subscription, SubscriptionLink, SubscriptionRequest, SubscriptionTopic
from app.subscriptions.rules import NEWSLETTER, VERSION, Notice, simplified, topics_about

CONFIRM, MANAGE, STOP = (f"subscriptions_public.{name}" for name in ("confirm", "manage", "stop"))
PROGRAMME = "programmes_public.programme"
SYSTEM = "system"


def ask(key: str, *, email: str, language: str, topics: Collection[str], at: datetime) -> None:
    """Mail a link that confirms the subscription. Idempotent per `key`; the same for a known and an unknown address."""
    token = new_token()
    asked, is_new = get_or_create(
        lambda: queries.request_with_key(key),
        lambda: SubscriptionRequest(
            key=key,
            token_hash=hashed(token),
            email=email,
            language=language,
            topics=" ".join(simplified(topics)),
            asked_at=at,
        ),
    )
    if is_new:
        writing.queue(
            "subscription_confirm",
            to_name="",
            to_email=email,
            language=language,
            key=f"subscription:confirm:{key}",
            about=asked.ref,
            at=at,
            **queries.in_words(asked.topics.split()),
            url=mailed_address(CONFIRM, lang=language, key=token),
        )


def confirm(request: SubscriptionRequest, *, at: datetime) -> Subscription | None:
    """Make the subscription, or add the topics to the one that the address has; its link now manages it. Idempotent.

    None when it was confirmed before and stopped since: an old link starts nothing again.
    """
    lock(request)
    if request.confirmed_at is not None:
        return queries.subscription_with(request.email)
    request.confirmed_at = at
    found, _is_new = get_or_create(
        lambda: queries.subscription_with(request.email),
        lambda: Subscription(
            key=new_token()[:16], email=request.email, language=request.language, confirmed_at=at, renewed_at=at
        ),
    )
    lock(found)
    db.session.refresh(found, ["topics"])
    _renew(found, language=request.language, topics=found.topic_names | set(request.topics.split()), at=at)
    db.session.add(SubscriptionLink(token_hash=request.token_hash, subscription_id=found.id))
    db.session.flush()
    _record("confirmed", found, by=found.ref, at=at)
    return found


def change(subscription: Subscription, *, language: str, topics: Collection[str], at: datetime) -> None:
    """Set language and topics, and renew it. Without a topic it is stopped."""
    if not topics:
        stop(subscription, by=subscription.ref, at=at)
        return
    consents = [] if NEWSLETTER in topics else _locked_consents(subscription.email, at)
    lock(subscription)
    db.session.refresh(subscription, ["topics"])
    _renew(subscription, language=language, topics=topics, at=at)
    _record("changed", subscription, by=subscription.ref, at=at)
    _withdraw(consents, by=subscription.ref, at=at)


def stop(subscription: Subscription, *, by: str, at: datetime) -> None:
    """End a subscription with everything about it, and the newsletter consent of the same address."""
    consents = _locked_consents(subscription.email, at)
    if lock_where(Subscription, Subscription.id == subscription.id) == 0:
        return
    _record("stopped", subscription, by=by, at=at)
    _delete([subscription])
    _withdraw(consents, by=by, at=at)


def stop_address(email: str, *, by: str, at: datetime) -> bool:
    """End everything of this address, for somebody who asks by phone; return whether there was anything."""
    found, consents = queries.subscription_with(email), _locked_consents(email, at)
    if found is not None:
        stop(found, by=by, at=at)
    _withdraw(consents, by=by, at=at)
    return bool(_forget_requests(SubscriptionRequest.email == email)) or bool(found or consents)


def drop_newsletter(consent: Consent, *, by: str, at: datetime) -> None:
    """Take the newsletter from the subscription of a person who withdrew this consent elsewhere."""
    person = db.session.get(Person, consent.person_id) if consent.purpose == PURPOSE else None
    found = queries.subscription_with(person.email) if person else None
    if found is None:
        return
    lock(found)
    db.session.refresh(found, ["topics"])
    if NEWSLETTER not in found.topic_names:
        return
    left = found.topic_names - {NEWSLETTER}
    _record("changed" if left else "stopped", found, by=by, at=at)
    if left:
        _set_topics(found, left, at=at)
    else:
        _delete([found])


def forget_address(email: str) -> None:
    """Delete what we hold of this address, for an erasure."""
    found = queries.subscription_with(email)
    if found is not None:
        _delete([found])
    _forget_requests(SubscriptionRequest.email == email)


def send_notices(*, at: datetime) -> int:
    """Write the e-mails that are due about open calls; return how many."""
    return sum(_send(call, notice, at=at) for call in queries.open_calls(at) for notice in Notice)


def ask_to_renew(*, at: datetime) -> int:
    """Ask who subscribed nearly two years ago whether they want to go on; return how many."""
    ids = [one.id for one in queries.to_renew(at)]
    if not ids:
        return 0
    lock_where(Subscription, Subscription.id.in_(ids))
    found = queries.to_renew(at, only=ids)  # somebody may have renewed a moment ago
    for one in found:
        one.renewal_asked_at = at
        _write("renewal", one, key=f"renewal:{one.key}:{one.renewed_at.isoformat()}", at=at, until=one.ends_at)
    return len(found)


def forget(*, before: datetime, at: datetime) -> int:
    """Delete subscriptions that were not renewed since this moment, with their letters; return how many."""
    ids = [one.id for one in queries.not_renewed(before)]
    if not ids:
        return 0
    lock_where(Subscription, Subscription.id.in_(ids))
    found = queries.not_renewed(before, only=ids)  # somebody may have renewed a moment ago
    for one in found:
        _record("forgotten", one, by=SYSTEM, at=at)
    _delete(found)
    return len(found)


def forget_requests(*, before: datetime) -> int:
    """Delete requests from before this moment, confirmed or not, with their letters; return how many."""
    return _forget_requests(SubscriptionRequest.asked_at <= before)


def _send(call: Call, notice: Notice, *, at: datetime) -> int:
    ids = [one.id for one in queries.due(call, notice, at)]
    if not ids:
        return 0
    lock_where(Subscription, Subscription.id.in_(ids))
    found = queries.due(call, notice, at, only=ids)  # another worker, or its owner, may have been faster
    for one in found:
        db.session.add(_new_notice(one, call, notice, at))
        moment = call.closes_at.isoformat() if call.closes_at and notice == Notice.CLOSING else ""
        _write(
            notice,
            one,
            key=f"{notice}:{one.key}:{call.id}:{moment}",
            at=at,
            call=call,
            link=mailed_address(PROGRAMME, lang=one.language, slug=call.programme.slug[one.language]),
        )
    db.session.flush()
    return len(found)


def _write(kind: str, subscription: Subscription, *, key: str, at: datetime, link: str = "", **values: Any) -> None:
    """Queue a letter with a link of its own that manages and stops the subscription."""
    key = f"subscription:{key}"
    if mail_queries.exists(key):
        return
    token, language = new_token(), subscription.language
    db.session.add(SubscriptionLink(token_hash=hashed(token), subscription_id=subscription.id))
    manage = mailed_address(MANAGE, lang=language, key=token)
    writing.queue(
        f"subscription_{kind}",
        to_name="",
        to_email=subscription.email,
        language=language,
        key=key,
        about=subscription.ref,
        at=at,
        unsubscribe=mailed_address(STOP, lang=language, key=token),
        url=link or manage,
        manage=manage,
        **values,
    )


def _renew(subscription: Subscription, *, language: str, topics: Collection[str], at: datetime) -> None:
    subscription.language, subscription.renewed_at, subscription.renewal_asked_at = language, at, None
    _set_topics(subscription, topics, at=at)
    db.session.flush()
    for call in queries.open_calls(at):  # the page shows them now: an e-mail would say the same
        if subscription.topic_names & set(topics_about(call.programme.key)) and not _was_notified(subscription, call):
            db.session.add(_new_notice(subscription, call, Notice.OPENED, at))
    db.session.flush()


def _was_notified(subscription: Subscription, call: Call) -> bool:
    notified = select(CallNotice.id).where(CallNotice.subscription_id == subscription.id, CallNotice.call_id == call.id)
    return db.session.scalar(notified.limit(1)) is not None


def _new_notice(subscription: Subscription, call: Call, notice: Notice, at: datetime) -> CallNotice:
    return CallNotice(subscription_id=subscription.id, call_id=call.id, kind=notice, closes_at=call.closes_at, at=at)


def _set_topics(subscription: Subscription, topics: Collection[str], *, at: datetime) -> None:
    wanted = set(simplified(topics))
    subscription.topics[:] = [
        *(one for one in subscription.topics if one.topic in wanted),
        *(
            SubscriptionTopic(topic=topic, version=VERSION, since=at)
            for topic in sorted(wanted - subscription.topic_names)
        ),
    ]


def _locked_consents(email: str, at: datetime) -> list[Consent]:
    """The newsletter consents of this address; the applications they came from are locked before the subscription."""
    found = queries.newsletter_consents(email, at)
    if found:
        lock_where(Application, Application.person_id.in_([one.person_id for one in found]))
    return found


def _withdraw(consents: Iterable[Consent], *, by: str, at: datetime) -> None:
    for one in consents:
        withdraw_consent(one, by=by, at=at)


def _delete(subscriptions: Iterable[Subscription]) -> None:
    """Delete subscriptions and their letters: also one that waits to be sent."""
    db.session.flush()
    found = list(subscriptions)
    if not found:
        return
    change_any(delete(OutgoingMail).where(OutgoingMail.about.in_([one.ref for one in found])))
    change_any(delete(Subscription).where(Subscription.id.in_([one.id for one in found])))


def _forget_requests(*conditions: Any) -> int:
    refs = [one.ref for one in db.session.scalars(select(SubscriptionRequest).where(*conditions))]
    if not refs:
        return 0
    change_any(delete(OutgoingMail).where(OutgoingMail.about.in_(refs)))
    return change_any(delete(SubscriptionRequest).where(*conditions))


def _record(action: str, subscription: Subscription, *, by: str, at: datetime) -> None:
    audit_trail.record(f"subscription.{action}", by=by, about=subscription.ref, at=at)
