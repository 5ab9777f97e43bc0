"""What a room registers: blueprints, jobs, template globals, and offers to extension points."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from app.core.extension_points import Offer
from app.core.http.web import AppBlueprint
from app.core.jobs import Job


@dataclass(frozen=True)
class Room:
    """Everything that one room adds to the application.

    `development`: blueprints that exist only on a developer's machine. `jobs`: tasks of the worker.
    """

    blueprints: Sequence[AppBlueprint] = ()
    development: Sequence[AppBlueprint] = ()
    jobs: Sequence[Job] = ()
    template_globals: Mapping[str, Any] = field(default_factory=dict)
    template_filters: Mapping[str, Callable[..., Any]] = field(default_factory=dict)
    error_handlers: Mapping[type[Exception], Callable[..., Any]] = field(default_factory=dict)
    offers: Sequence[Offer] = ()


def register(app: Flask, rooms: Sequence[Room]) -> None:
    """Add the rooms to the application, in this order."""
    settings = app.config["SETTINGS"]
    app.extensions["jobs"] = [job for room in rooms for job in room.jobs]
    offers: dict[str, list[Any]] = app.extensions.setdefault("offers", {})
    for room in rooms:
        on_own_machine = settings.is_development and settings.is_loopback
        for blueprint in (*room.blueprints, *(room.development if on_own_machine else ())):
            app.register_blueprint(blueprint)
        app.jinja_env.globals.update(room.template_globals)
        app.jinja_env.filters.update(room.template_filters)
        for error, handler in room.error_handlers.items():
            app.register_error_handler(error, handler)
        for offer in room.offers:
            offers.setdefault(offer.point, []).append(offer.value)
