"""Every address of the house, listed for the eye of a reviewer.

After a change: ROUTES=write pytest tests/house/test_routes.py
"""

import os
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from app.core.http.web import AppBlueprint

LIST = Path(__file__).with_name("routes.txt")


def listed(app: Flask) -> str:
    """One line per page: endpoint, methods, both addresses, guard."""
    pages: dict[str, dict[str, str]] = {}
    for rule in app.url_map.iter_rules():
        room = app.blueprints.get(rule.endpoint.partition(".")[0])
        page = pages.setdefault(rule.endpoint, {"nl": "", "fr": "", "guard": "-", "methods": ""})
        lang = str((rule.defaults or {}).get("lang", "nl"))
        page[lang] = str(rule)
        page["methods"] = " ".join(sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}))
        if isinstance(room, AppBlueprint):
            page["guard"] = room.guard.__name__
    rows = [
        (endpoint, page["methods"], page["nl"], page["fr"], page["guard"]) for endpoint, page in sorted(pages.items())
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "".join(
        "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )


def test_the_list_of_addresses_is_up_to_date(another_app: Callable[..., Flask]) -> None:
    found = listed(another_app(ENVIRONMENT="development"))
    if os.environ.get("ROUTES") == "write":
        LIST.write_text(found, encoding="utf-8")

    assert found == LIST.read_text(encoding="utf-8"), (
        "addresses changed: ROUTES=write pytest tests/house/test_routes.py"
    )


def test_every_door_has_a_guard(another_app: Callable[..., Flask]) -> None:
    app = another_app(ENVIRONMENT="development")

    assert [name for name, room in app.blueprints.items() if not isinstance(room, AppBlueprint)] == []


def test_the_local_mailbox_exists_in_development_only(app: Flask) -> None:
    assert [rule.endpoint for rule in app.url_map.iter_rules() if "development" in rule.endpoint] == []
