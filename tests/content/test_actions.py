"""Rewriting a page: at once, in both languages, with a trace."""

from typing import Any

import pytest

from app.content import actions, queries
from app.core import clock
from app.core.audit import audit_trail
from app.core.errors import Conflict
from tests.builders import a_page, a_person, both

pytestmark = pytest.mark.usefixtures("app")
NEW = {"title": both("Nieuw", "Neuf"), "lead": both("Kort", "Bref"), "body": both("", "")}


def test_rewrite_puts_new_words_on_the_page_and_leaves_a_trace(clock: Any) -> None:
    page, zoe = a_page("contact"), a_person()
    at = clock.forward(days=1)

    actions.rewrite(page, by=zoe, at=at, **NEW)

    found = queries.page("contact")
    assert found is not None
    assert (found.title, found.lead, found.body) == (NEW["title"], NEW["lead"], NEW["body"])
    assert (found.updated_at, found.updated_by_id) == (at, zoe.id)
    assert [(line.action, line.by, line.detail) for line in audit_trail.history(f"page:{page.id}")] == [
        ("page.rewritten", zoe.ref, {"page": "contact"})
    ]


def test_without_a_body_that_text_stays() -> None:
    page = a_page("home", body=both("blijft", "reste"))

    actions.rewrite(page, title=NEW["title"], lead=NEW["lead"], by=a_person(), at=clock.now())

    assert page.body == both("blijft", "reste")


@pytest.mark.parametrize(
    "words",
    [
        {"title": both("Nieuw", "")},
        {"title": both("", "")},
        {"lead": both("", "Bref")},
        {"body": both("Lang", "  ")},
    ],
)
def test_half_a_page_is_refused(words: dict[str, Any]) -> None:
    page = a_page("contact")
    before = page.title

    with pytest.raises(Conflict):
        actions.rewrite(page, by=a_person(), at=clock.now(), **(NEW | words))

    assert page.title == before
    assert audit_trail.history(f"page:{page.id}") == []


def test_the_same_words_leave_no_trace(clock: Any) -> None:
    page = a_page("contact")
    changed = page.updated_at
    clock.forward(days=1)

    actions.rewrite(page, title=page.title, lead=page.lead, body=page.body, by=a_person(), at=clock())

    assert page.updated_at == changed
    assert audit_trail.history(f"page:{page.id}") == []
