"""The key in a letter's link is nowhere in clear but in the mail that its reader gets."""

from collections.abc import Callable
from datetime import timedelta

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import select

from app.accounts import actions as accounts
from app.accounts.rules import hashed
from app.core import clock as the_clock
from app.core.db.base import db
from app.core.errors import Conflict
from app.core.sealing import Unreadable, seal, unseal
from app.events import actions as events
from app.mail.actions import handling, writing
from app.mail.models import OutgoingMail, Wording
from app.mail.rules.links import keys_in, with_keys, with_marks
from app.mail.rules.states import MailState
from app.programmes.actions import late
from app.programmes.queries import team
from config import ROOT
from tests.builders import a_call, a_person, an_event, both
from tests.conftest import Clock
from tests.databases import places_with
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import BRUNO, SignedIn, known

TOKEN = "aB3_" + "xY7-" * 10


def a_letter(token: str = TOKEN, key: str = "k") -> OutgoingMail:
    made = writing.queue(
        "sign_in_link",
        to_name="Zoë",
        to_email="zoe@example.be",
        language="nl",
        key=key,
        about="person:1",
        at=the_clock.now(),
        url=f"http://127.0.0.1/nl/aanmelden/{token}",
    )
    assert made is not None
    db.session.commit()
    return made


def test_a_sign_in_key_is_in_no_row_and_in_the_mail(app: Flask, mailbox: Mailbox) -> None:
    a_letter()
    assert places_with(TOKEN) == []
    assert places_with("/nl/aanmelden/…") != []

    (delivered,) = mailbox.deliver()

    for part in ("plain", "html"):
        body = delivered.get_body((part,))
        assert body is not None
        assert f"/nl/aanmelden/{TOKEN}" in body.get_content()
    db.session.expire_all()
    assert [(one.state, one.sealed) for one in mailbox.letters] == [(MailState.SENT, "")]
    assert places_with(TOKEN) == []


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_mailed_link_signs_in_and_only_its_hash_is_stored(client: PageClient, mailbox: Mailbox, lang: str) -> None:
    known(BRUNO)
    client.get("accounts_public.sign_in", lang=lang).submit(form="form.flowform", email=BRUNO.email)
    link = mailbox.link("sign_in_link")
    assert places_with(link.rpartition("/")[2]) == []

    mailbox.deliver()

    assert mailbox.link("sign_in_link") == link
    client.get_path("/" + link.split("/", 3)[3])


def test_the_key_of_a_registration_is_in_no_row_and_each_mail_opens_its_page(
    client: PageClient, clock: Clock, mailbox: Mailbox
) -> None:
    evening = an_event()
    events.sign_up(evening, name="Zoë", email="z@example.be", language="fr", at=clock())
    db.session.commit()
    first = mailbox.link("event_confirmed")
    clock.forward(days=1)
    events.sign_up(evening, name="Zoë", email="z@example.be", language="fr", at=clock())
    db.session.commit()
    second = mailbox.link("event_confirmed")

    assert first != second
    for link in (first, second):
        assert places_with(link.rpartition("/")[2]) == []
        assert "Zoë" in client.get_path("/" + link.split("/", 3)[3]).text
    mailbox.deliver()
    assert [places_with(link.rpartition("/")[2]) for link in (first, second)] == [[], []]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_late_code_is_in_no_row_and_in_the_mail(els: SignedIn, clock: Clock, mailbox: Mailbox, lang: str) -> None:
    call = a_call()
    subject, body = "Code {code}", "Beste {name},\n\n{code}\n\n{url}"
    db.session.add(Wording(kind="late_code", subject=both(subject, subject), body=both(body, body), at=clock()))
    _made, code = late.create_late_code(
        call,
        email="z@example.be",
        name="Zoë",
        language=lang,
        until=clock() + timedelta(days=90),
        reason="ziek",
        by=els.person,
        at=clock(),
    )
    db.session.commit()
    assert places_with(code) == []
    assert places_with(code[:9]) == []

    (delivered,) = mailbox.deliver()

    for part in ("plain", "html"):
        body = delivered.get_body((part,))
        assert body is not None
        assert body.get_content().count(code) >= 2
    assert code not in delivered["Subject"]
    assert places_with(code) == []
    page = els.get("outbox_staff.letter", letter_id=mailbox.last("late_code").id)
    assert (code in page.html, page.select("button[value=again]")) == (False, [])


def test_a_stolen_database_does_not_give_a_late_code_away(
    app: Flask, els: SignedIn, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Four letters are shown to the team; the other eight could be tried out against a hash without a key."""
    call = a_call()
    made, code = late.create_late_code(
        call,
        email="z@example.be",
        name="Zoë",
        language="nl",
        until=clock() + timedelta(days=90),
        reason="ziek",
        by=els.person,
        at=clock(),
    )

    assert made.code_hash not in (hashed(code), hashed(code.replace("-", "")))
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret of this installation")
    assert team.late_code(code) is None


def test_a_cancelled_letter_keeps_nothing(app: Flask, clock: Clock) -> None:
    letter = a_letter()
    handling.move(letter, "cancel", by="system", at=clock())

    assert letter.sealed == ""


def test_a_letter_whose_key_is_gone_is_not_sent_again(
    app: Flask, clock: Clock, mailbox: Mailbox, els: SignedIn
) -> None:
    letter = a_letter()
    mailbox.deliver()
    db.session.expire_all()

    with pytest.raises(Conflict):
        handling.again(letter, 1, by="system", at=clock())
    page = els.get("outbox_staff.letter", letter_id=letter.id)

    assert page.soup.select("button[value=again]") == []


def test_under_another_key_the_letter_fails_with_words(app: Flask, mailbox: Mailbox) -> None:
    letter = a_letter()
    letter.sealed = seal('["x"]', "another secret")
    db.session.commit()

    assert mailbox.deliver() == []

    db.session.expire_all()
    assert (letter.state, letter.error.split(":")[0]) == (MailState.FAILED, "KeyChanged")


def test_the_local_mailbox_shows_a_link_that_works(another_app: Callable[..., Flask], mailbox: Mailbox) -> None:
    newcomer = PageClient(another_app(ENVIRONMENT="development", MAIL_URL=f"folder:{mailbox.folder}"))
    token = accounts.make_link(a_person(), next_path="", at=the_clock.now())
    letter = a_letter(token)
    for _before_and_after in range(2):
        page = newcomer.get_path(f"/nl/_mail/{letter.id}")
        assert page.links(".letter a")[0].endswith(token)
        mailbox.deliver()


def test_sealing_hides_and_notices_every_change() -> None:
    sealed = seal("geheim", "secret")

    assert unseal(sealed, "secret") == "geheim"
    assert "geheim" not in sealed
    assert seal("geheim", "secret") != sealed
    other_first = "B" if sealed.startswith("A") else "A"
    for broken in (sealed[:-4] + "AAA=", other_first + sealed[1:], "", "é"):
        with pytest.raises(Unreadable):
            unseal(broken, "secret")
    with pytest.raises(Unreadable):
        unseal(sealed, "other")


def test_several_keys_of_one_letter_come_back_in_their_places() -> None:
    words = "/nl/aanmelden/eenEen1 /fr/agenda/place/tweeTwee2 /nl/aanmelden/eenEen1 /nl/aanmelden/verstuurd"

    keys = keys_in(words)
    marked = with_marks(words, keys)

    assert keys == ["eenEen1", "tweeTwee2"]
    assert marked == "/nl/aanmelden/… /fr/agenda/place/…2 /nl/aanmelden/… /nl/aanmelden/verstuurd"
    assert with_keys(marked, keys) == words


def test_the_migration_takes_the_keys_out_of_letters_that_left(migrated: Flask) -> None:
    for key, state in (("sent", MailState.SENT), ("waits", MailState.QUEUED)):
        letter = a_letter(key=key)
        letter.state, letter.sealed = state, ""
        for name in ("body", "text", "html"):
            setattr(letter, name, with_keys(getattr(letter, name), [TOKEN]))
    db.session.commit()

    flask_migrate.downgrade(directory=str(ROOT / "migrations"), revision="0011")
    flask_migrate.upgrade(directory=str(ROOT / "migrations"))

    db.session.expire_all()
    found = {one.key: one for one in db.session.scalars(select(OutgoingMail))}
    assert TOKEN not in found["sent"].text + found["sent"].html + found["sent"].body
    assert "/nl/aanmelden/…" in found["sent"].text
    assert TOKEN in found["waits"].text
