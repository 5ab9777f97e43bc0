"""The interface keeps to its own description: schemathesis asks every operation, with sense and with nonsense."""

from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from pydantic import ValidationError

from app.api.rules import COLLECTIONS
from tests.builders import an_enterprise, an_event
from tests.pages import PageClient

DESCRIPTION = "/api/v1/openapi.json"
NAMES = sorted([*COLLECTIONS, *(f"one_of_{name}" for name in COLLECTIONS), "lists"])


def operations(app: Flask) -> dict[str, Any]:
    """The operations that the description names."""
    schema = schemathesis.openapi.from_wsgi(DESCRIPTION, app)
    found = [result.ok() for result in schema.get_all_operations()]
    return {operation.definition.raw["operationId"]: operation for operation in found}


@pytest.fixture
def some(app: Flask, content: None) -> None:
    """The starting content, and something of each kind that is over or further on."""
    for number in range(3):
        an_event(in_days=-number - 1)
        an_enterprise(f"Huis {number}")


def test_every_operation_is_described(app: Flask, some: None) -> None:
    assert sorted(operations(app)) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_as_described(app: Flask, client: PageClient, some: None, name: str) -> None:
    client.get_path("/healthz")  # commits what was arranged
    operation = operations(app)[name]

    @settings(
        max_examples=25,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        case.call_and_validate(headers={"Host": "localhost", "Accept-Encoding": "identity"})

    ask()


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_every_item_has_the_shape_that_is_promised(client: PageClient, some: None, name: str) -> None:
    shape, answer = COLLECTIONS[name][0], client.get_path(f"/api/v1/{name}").json

    assert answer["items"]
    for one in answer["items"]:
        shape.model_validate(one)
        key = one["slug" if name == "enterprises" else "key"]
        assert client.get_path(f"/api/v1/{name}/{key}").json == one
        for address in one["pages"].values():
            assert client.get_path(address).status == 200
    with pytest.raises(ValidationError):
        shape.model_validate(answer["items"][0] | {"more": 1})
