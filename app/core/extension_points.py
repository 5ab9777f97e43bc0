"""Places where a module uses what rooms above it offer, without importing them."""

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
    """A place where a module uses what rooms above it offer, without importing them."""

    def __init__(self, name: str) -> None:
        self.name = name

    def offer(self, value: T) -> Offer:
        """What a room passes to `AppBlueprint(offers=...)`."""
        return Offer(self.name, value)

    def all(self) -> list[T]:
        """Everything offered in the running application, in the order of the rooms."""
        return list(current_app.extensions.get("offers", {}).get(self.name, ()))

    def first(self) -> T | None:
        """What the lowest room offers; None where no room does."""
        return next(iter(self.all()), None)
