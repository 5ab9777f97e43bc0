"""What one hostile file must come to: refused with a reason, or taken and harmless."""

from collections.abc import Callable
from dataclasses import dataclass

OWN = ("PLANTED", "<script", "<?php", "50.8467")  # what stands in no picture that we give back


@dataclass(frozen=True)
class Case:
    """A file; `becomes` is a kind of file when it is taken, else the reason why not.

    `kept`: it is given back octet by octet. `gone`: what was inside and must not come back.
    """

    content: bytes
    becomes: str
    kept: bool = False
    gone: tuple[bytes, ...] = tuple(mark.encode() for mark in OWN)


Maker = Callable[[], Case]
Kinds = dict[str, Maker]


def refused(reason: str, make: Callable[[], bytes] | bytes) -> Maker:
    """This file is not taken."""
    return lambda: Case(make if isinstance(make, bytes) else make(), reason)


def kept(kind: str, make: Callable[[], bytes] | bytes) -> Maker:
    """This file is taken as it is."""
    return lambda: Case(make if isinstance(make, bytes) else make(), kind, kept=True)


def redrawn(kind: str, make: Callable[[], bytes]) -> Maker:
    """This picture is taken, and made anew."""
    return lambda: Case(make(), kind)
