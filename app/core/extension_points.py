"""Extension points: a module uses what higher rooms offer, without importing them."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import current_app

T = TypeVar("T")


@dataclass(frozen=True)
class Offer:
    """A value for an extension point, made by `ExtensionPoint.offer`."""

    point: str
    value: Any


class ExtensionPoint(Generic[T]):
    """A typed slot that higher rooms fill through `AppBlueprint(offers=...)`."""

    def __init__(self, name: str) -> None:
        self.name = name

    def offer(self, value: T) -> Offer:
        """The offer that a room registers."""
        return Offer(self.name, value)

    def all(self) -> list[T]:
        """Every offer in the running application, in the order of the rooms."""
        return list(current_app.extensions.get("offers", {}).get(self.name, ()))

    def first(self) -> T | None:
        """The offer of the lowest room, or None."""
        return next(iter(self.all()), None)
