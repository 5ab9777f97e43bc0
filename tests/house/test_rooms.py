"""Each room registers all that it has."""

import importlib
import tomllib

from app.core.extension_points import ExtensionPoint
from app.core.http.web import AppBlueprint
from app.core.rooms import Room
from app.rooms import ROOMS
from tests.house import source


def test_every_blueprint_of_a_views_file_is_registered_by_its_own_room() -> None:
    found = {}
    for place in source.python("app"):
        parts = place.relative_to(source.ROOT).with_suffix("").parts
        if len(parts) > 3 and parts[2] == "views":
            blueprint = getattr(importlib.import_module(".".join(parts)), "bp", None)
            if isinstance(blueprint, AppBlueprint):
                found[blueprint.name] = parts[1]

    registered = {
        blueprint.name: blueprint.import_name.split(".")[1]
        for room in ROOMS
        for blueprint in (*room.blueprints, *room.development)
    }

    assert found
    assert registered == found


def test_a_room_offers_what_a_lower_module_asks_for() -> None:
    point = ExtensionPoint[int]("answer")

    room = Room(offers=(point.offer(42),))

    assert [(offer.point, offer.value) for offer in room.offers] == [("answer", 42)]


def test_no_query_names_a_table_of_a_room_above_as_a_string() -> None:
    """Lower rooms keep the fact themselves, or ask through an extension point; core builds its search tables so."""
    found = [
        source.name(place)
        for place in source.python("app")
        if "core" not in place.parts and list(source.calls(source.tree(place), "table"))
    ]

    assert found == []


def test_the_import_contracts_name_every_room() -> None:
    settings = tomllib.loads((source.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = {one["name"]: one for one in settings["tool"]["importlinter"]["contracts"]}
    rooms = {place.parent.name for place in (source.ROOT / "app").glob("*/room.py")}

    layers = {one.strip() for layer in contracts["Rooms import downwards only"]["layers"] for one in layer.split("|")}
    inside = {one.removeprefix("app.") for one in contracts["Inside a room the floors are in order"]["containers"]}

    assert rooms - layers == set()
    assert rooms - inside == set()
