"""Subscriptions for tests, by the steps that people take."""

import itertools
import re

from app.core import clock
from app.core.db.base import db
from app.mail.jobs import delivery
from app.subscriptions import actions, queries
from app.subscriptions.models import Subscription, SubscriptionRequest
from tests.letters import Mailbox

ZOE = "zoe@example.be"
_numbers = itertools.count(1)


def a_request(*topics: str, email: str = ZOE, language: str = "nl") -> SubscriptionRequest:
    """Asked for, not confirmed."""
    key = f"request-{next(_numbers):020}"
    actions.ask(key, email=email, language=language, topics=topics or ("calls",), at=clock.now())
    found = queries.request_with_key(key)
    assert found
    return found


def a_subscription(*topics: str, email: str = ZOE, language: str = "nl") -> Subscription:
    """Asked for and confirmed."""
    made = actions.confirm(a_request(*topics, email=email, language=language), at=clock.now())
    assert made
    db.session.commit()
    return made


def key_in(mailbox: Mailbox, kind: str) -> str:
    """The key in the links of the newest such letter."""
    found = re.findall(r"/(?:bevestigen|beheren|confirmer|gerer)/([\w-]+)", delivery.as_sent(mailbox.last(kind)))
    assert found
    return str(found[-1])
