"""A door has a guard, an address in every language, and a room behind it."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.accounts.guards import everyone
from app.core.errors import Forbidden
from app.core.http.web import AppBlueprint, redirect_after_post
from tests.pages import PageClient


def test_a_room_without_a_guard_cannot_be_built() -> None:
    with pytest.raises(TypeError, match="guard"):
        AppBlueprint("open_house", __name__)  # type: ignore[call-arg]


@pytest.mark.parametrize(
    "addresses", [{"nl": "/dag"}, {"fr": "/jour"}, {}, {"nl": "/dag", "fr": "/jour", "en": "/day"}]
)
def test_a_page_needs_an_address_in_each_language(addresses: dict[str, str]) -> None:
    room = AppBlueprint("half_a_house", __name__, guard=everyone)

    with pytest.raises(TypeError, match="address"):
        room.page(**addresses)


def test_the_guard_runs_before_every_page_of_its_room(another_app: Callable[..., Flask]) -> None:
    def nobody() -> None:
        raise Forbidden

    room = AppBlueprint("closed_house", __name__, guard=nobody)

    @room.page(nl="/dicht", fr="/ferme")
    def page() -> str:
        return "never seen"

    @room.plain("/plain-dicht")
    def bare() -> str:
        return "never seen either"

    made = another_app()
    made.register_blueprint(room)
    client = PageClient(made)

    assert client.get_path("/nl/dicht", status=403).lang == "nl"
    assert client.get_path("/fr/ferme", status=403).lang == "fr"
    client.get_path("/plain-dicht", status=403)


def test_a_successful_post_answers_303() -> None:
    answer = redirect_after_post("/nl/")

    assert (answer.status_code, answer.headers["Location"]) == (303, "/nl/")


def test_no_trailing_slash_but_at_the_root_of_a_language(client: PageClient) -> None:
    assert client.get_path("/nl", status=308).location == "/nl/"
    client.get_path("/nl/aanmelden/", status=404)


def test_every_page_of_the_house_has_a_twin(app: Flask) -> None:
    """An endpoint with a language has exactly one address per language, with the same parts to fill in."""
    pages: dict[str, dict[str, set[str]]] = {}
    for rule in app.url_map.iter_rules():
        if rule.defaults and "lang" in rule.defaults:
            pages.setdefault(rule.endpoint, {})[str(rule.defaults["lang"])] = rule.arguments

    assert pages
    assert [endpoint for endpoint, twins in pages.items() if set(twins) != {"nl", "fr"}] == []
    assert [endpoint for endpoint, twins in pages.items() if twins["nl"] != twins["fr"]] == []
