"""What holds at every address, for any person: a question is no deed, and no cache keeps somebody's cookie."""

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import db
from app.core.http.limits import SharedCounts, limiter
from tests.databases import statements_that_write
from tests.house import test_access
from tests.house.test_access import OWN, path_of, rules
from tests.pages import Page, PageClient

people, values = test_access.people, test_access.values  # fixtures
MESSAGE = [("message", "Bewaard.")]  # what a GET would show once, and then forget


def who_enters(endpoint: str, guard: str) -> str:
    """Somebody who may open this page."""
    if endpoint.startswith(OWN):
        return "owner"
    return {"reviewers": "juror", "everyone": "owner", "applicants": "owner", "confirmed_people": "owner"}.get(
        guard, "admin"
    )


def hits() -> list[tuple[str, int]]:
    """What is counted against limits."""
    counts = limiter.storage
    assert isinstance(counts, SharedCounts)
    return [tuple(row) for row in counts._connection().execute("SELECT key, count FROM hit ORDER BY key")]


def rows() -> tuple[int, int]:
    """How many looks and lines of the audit trail there are."""
    db.session.rollback()
    lines = db.session.execute(text("SELECT count(*) FROM audit_entry")).scalar_one()
    return len(db.session.scalars(select(AccessLogEntry)).all()), lines


def writes(page: Page, method: str) -> list[str]:
    """What this answer did that it may not do."""
    found = [f"{method} {page.path} wrote {statement}" for statement in statements_that_write(page.statements)]
    found += [
        f"{method} {page.path} wrote a look"
        for one in page.statements
        if one.startswith("INSERT INTO access_log_entry ")
    ]
    if "Set-Cookie" in page.headers:
        found.append(f"{method} {page.path} set {page.headers['Set-Cookie'][:30]}")
    return found


@pytest.mark.slow("asks every address of the site")
@pytest.mark.timeout(300)
def test_a_question_about_an_address_is_no_deed(
    app: Flask, people: dict[str, PageClient], values: dict[str, str]
) -> None:
    for client in people.values():
        client.put_in_session(_flashes=MESSAGE)
    limiter.reset()
    wrong, asked, before = list[str](), 0, rows()
    opened = [
        (path_of(people["visitor"], rule, values), people[person])
        for rule, guard in rules(app, "GET")
        for person in (who_enters(rule.endpoint, guard), "visitor")
    ]

    heads = {}
    for path, client in opened:
        for method in ("HEAD", "OPTIONS", "TRACE"):
            page = client.send(method, path)
            wrong += writes(page, method)
            heads[path, client, method] = page.status
            asked += 1
    counted, written = hits(), rows()

    assert asked > 500
    assert wrong == []
    assert counted == []
    assert written == before
    assert {status for (_path, _client, method), status in heads.items() if method == "TRACE"} == {405}
    differing = []
    for path, client in opened:
        limiter.reset()
        status = client.send("GET", path).status
        if heads[path, client, "HEAD"] != status:
            differing.append((path, status, heads[path, client, "HEAD"]))
    assert differing == []


@pytest.mark.slow("asks every address that takes a form")
def test_what_only_takes_forms_answers_no_question(
    app: Flask, people: dict[str, PageClient], values: dict[str, str]
) -> None:
    wrong = []
    for rule, guard in rules(app, "POST"):
        if "GET" in (rule.methods or ()):
            continue
        path = path_of(people["visitor"], rule, values)
        page = people[who_enters(rule.endpoint, guard)].send("HEAD", path)
        if page.status not in (404, 405):  # 404: the address is also that of a page with another name
            wrong.append(f"{path}: {page.status}")
        wrong += writes(page, "HEAD")

    assert wrong == []


@pytest.mark.slow("asks every address of the site")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("has_session", [False, True])
def test_no_cache_keeps_an_answer_with_a_cookie(
    app: Flask, people: dict[str, PageClient], values: dict[str, str], has_session: bool
) -> None:
    wrong, cookies = [], 0
    for rule, guard in rules(app, "GET"):
        path = path_of(people["visitor"], rule, values)
        client = people[who_enters(rule.endpoint, guard)] if has_session else PageClient(app)
        if has_session:
            client.put_in_session(_flashes=MESSAGE)
        limiter.reset()
        page = client.send("GET", path)
        caching, varies = page.headers.get("Cache-Control", ""), page.headers.get("Vary", "")
        if "Set-Cookie" in page.headers:
            cookies += 1
            if (
                not {"private", "no-store"} & set(caching.split(", "))
                or "Cookie" not in varies
                or "ETag" in page.headers
            ):
                wrong.append(f"{path}: {caching}, Vary {varies}")
        if page.is_html and "Cookie" not in varies:
            wrong.append(f"{path}: Vary {varies}")

    assert cookies > 2
    assert wrong == []
