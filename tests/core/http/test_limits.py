"""How often one address may knock, counted once for all workers."""

import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.applications.models import Application
from app.core.db.base import db
from app.core.http.limits import EXPIRED, SharedCounts, counted_as, limiter
from app.core.i18n.formats import hour
from app.core.i18n.language import speaking
from tests.builders import a_call, an_application
from tests.conftest import Clock
from tests.pages import PageClient
from tests.people import SignedIn

TYPED = {"email": "iemand@example.be"}


@pytest.fixture
def counts(tmp_path: Path) -> SharedCounts:
    """A store of its own."""
    return SharedCounts(f"counts://{tmp_path / 'limits.sqlite3'}")


def test_hits_add_up_within_their_window(counts: SharedCounts) -> None:
    assert [counts.incr("a", 60) for _ in range(3)] == [1, 2, 3]
    assert counts.incr("b", 60, amount=5) == 5
    assert (counts.get("a"), counts.get("b"), counts.get("c")) == (3, 5, 0)


def test_a_window_that_ended_counts_from_one(counts: SharedCounts) -> None:
    counts.incr("a", -1)

    assert counts.get("a") == 0
    assert counts.incr("a", 60) == 1


def test_keys_can_be_forgotten(counts: SharedCounts) -> None:
    counts.incr("a", 60)
    counts.incr("b", 60)

    counts.clear("a")
    assert (counts.get("a"), counts.get("b")) == (0, 1)
    counts.reset()
    assert counts.get("b") == 0
    assert counts.check()


def test_no_hit_is_lost_between_threads(counts: SharedCounts) -> None:
    def knock() -> None:
        for _ in range(50):
            counts.incr("a", 60)

    threads = [threading.Thread(target=knock) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counts.get("a") == 300


def test_too_many_letters_are_refused_with_a_page_that_says_when_to_return(client: PageClient) -> None:
    for _ in range(20):
        client.post("accounts_public.sign_in", TYPED)

    page = client.post("accounts_public.sign_in", TYPED, status=429, lang="fr")

    assert 0 < int(page.headers["Retry-After"]) <= 3600
    assert page.lang == "fr"
    assert [tag.get_text().strip() for tag in page.soup.select("textarea")] == ["iemand@example.be"]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_page_says_when_to_try_again(client: PageClient, clock: Clock, lang: str) -> None:
    for _ in range(20):
        client.post("accounts_public.sign_in", TYPED)

    page = client.post("accounts_public.sign_in", TYPED, status=429, lang=lang)

    with speaking(lang):
        at = hour(clock() + timedelta(seconds=int(page.headers["Retry-After"])))
    assert at in page.text


def test_a_room_full_of_people_may_start_at_once(app: Flask) -> None:
    call = a_call()
    slug, at_once = call.programme.slug["nl"], 45
    for number in range(at_once):
        typed = {"name": f"Zoë {number}", "email": f"zoe{number}@example.be", "language": "nl"}
        PageClient(app).post("applications_public.start", typed, slug=slug)

    assert db.session.query(Application).count() == at_once


def test_a_proved_person_counts_alone_wherever_they_sit(
    app: Flask, client: PageClient, amina: SignedIn, bruno: SignedIn, clock: Clock
) -> None:
    file = an_application(person=amina.person)
    other = an_application(person=bruno.person)
    for _ in range(5):
        amina.post("applications_applicant.send_link", key=file.key)

    amina.post("applications_applicant.send_link", key=file.key, status=429)

    bruno.post("applications_applicant.send_link", key=other.key)
    elsewhere: dict[str, Any] = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.8"}}
    path = amina.address("applications_applicant.send_link", lang="nl", key=file.key)
    amina.post_path(path, status=429, **elsewhere)


def test_staff_enter_a_whole_room_of_files(els: SignedIn, client: PageClient, app: Flask) -> None:
    call = a_call()
    slug = call.programme.slug["nl"]
    for number in range(31):
        typed = {"name": f"Zoë {number}", "email": f"zoe{number}@example.be", "language": "nl"}
        PageClient(app).post("applications_public.start", typed, slug=slug)

    for number in range(31):
        typed = {"name": f"Noa {number}", "email": f"noa{number}@example.be", "language": "fr"}
        els.post("intake_staff.on_behalf", typed, key=call.key)

    assert db.session.query(Application).filter(Application.assisted_by_id == els.person.id).count() == 31


def test_reading_is_free(client: PageClient) -> None:
    """Also for a school or an office behind one address."""
    for _ in range(25):
        client.send("GET", "/nl/aanmelden")
    for _ in range(600):
        client.send("GET", "/healthz")

    assert client.send("GET", "/nl/aanmelden").status == 200
    client.post("accounts_public.sign_in", TYPED)


def test_counts_are_per_address(app: Flask, client: PageClient) -> None:
    for _ in range(20):
        client.post("accounts_public.sign_in", TYPED)

    client.post_path("/nl/aanmelden", TYPED, status=303, environ_overrides={"REMOTE_ADDR": "192.0.2.8"})


def test_a_store_that_broke_refuses_nobody(app: Flask, client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(limiter.storage, "incr", broken)

    client.post("accounts_public.sign_in", TYPED)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:1:2::9", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("unknown", "unknown"),
    ],
)
def test_ipv6_counts_by_network(address: str, name: str) -> None:
    assert counted_as(address) == name


def test_visitor_cannot_change_address_within_the_network(client: PageClient) -> None:
    def knock(address: str, status: int) -> None:
        client.post_path("/nl/aanmelden", TYPED, status=status, environ_overrides={"REMOTE_ADDR": address})

    for number in range(20):
        knock(f"2001:db8::{number:x}", 303)

    knock("2001:db8::ffff", 429)
    knock("2001:db8:0:1::1", 303)


def test_expired_counts_go_by_index_and_nothing_is_written_without_any(counts: SharedCounts) -> None:
    for number in range(3):
        counts.incr(f"old {number}", -1)
    counts.incr("new", 3600)
    connection = counts._connection()

    went = counts.forget_expired()
    before = connection.total_changes
    connection.execute("BEGIN IMMEDIATE")  # another process writes: who has nothing to do does not wait for it
    nothing = SharedCounts(f"counts://{counts._place}").forget_expired()
    connection.execute("ROLLBACK")
    plan = connection.execute(f"EXPLAIN QUERY PLAN {EXPIRED}", (0,)).fetchone()[-1]

    assert (went, nothing) == (3, 0)
    assert connection.total_changes == before
    assert counts.get("new") == 1
    assert "ix_hit_ends" in plan
