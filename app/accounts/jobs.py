"""Background job that answers requests for sign-in links."""

from app.accounts import actions, queries
from app.accounts.models import LinkRequest
from app.accounts.rules import Purpose, hashed
from app.core import clock
from app.core.i18n.addresses import mailed_address
from app.core.jobs import in_one_transaction
from app.core.logs import log
from app.mail.actions import writing

AT_ONCE = 50
KINDS = {Purpose.SIGN_IN: "sign_in_link", Purpose.TEAM: "team_sign_in_link"}


def send_links() -> int:
    """Mail links to known addresses; return how many requests were handled."""
    return in_one_transaction(_answer_requests)


def _answer_requests() -> int:
    asked = actions.take_link_requests(AT_ONCE)
    for one in asked:
        _answer(one)
    return len(asked)


def _answer(asked: LinkRequest) -> None:
    purpose, at = Purpose(asked.purpose), clock.now()
    person = queries.person_by_email(asked.email)
    if person is None:
        log.warning("security", kind="sign_in_failed", why="unknown_address")
        return
    if not actions.may_have_link(person, purpose, at=at):
        return
    token = actions.make_link(
        person, purpose=purpose, next_path=asked.next_path, browser_hash=asked.browser_hash, at=at
    )
    writing.queue(
        KINDS[purpose],
        to_name=person.name,
        to_email=person.email,
        language=asked.language,
        key=f"sign_in_link:{hashed(token)}",
        about=person.ref,
        at=at,
        url=mailed_address("accounts_public.open_link", lang=asked.language, token=token),
    )
