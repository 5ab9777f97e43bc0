"""Which programme fits a visitor, and which other organisations may help better."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Stage(enum.StrEnum):
    """The stage of a project, from a first idea to several organisations together."""

    IDEA = "idea"
    START = "start"
    YOUNG = "young"
    GROWN = "grown"
    SEVERAL = "several"


class Elsewhere(enum.StrEnum):
    """Why another organisation may fit better."""

    NOT_IN_BRUSSELS = "not_in_brussels"
    PROFIT_FIRST = "profit_first"
    ALONE = "alone"


@dataclass(frozen=True)
class Situation:
    """A visitor's answers; not stored. No stage: nothing was answered yet."""

    stage: Stage | None = None
    alone: bool = False
    in_brussels: bool = True
    purpose_first: bool = True


class Serving(Protocol):
    """Anything made for certain stages."""

    @property
    def serves(self) -> str: ...


AnyProgramme = TypeVar("AnyProgramme", bound=Serving)


def fitting(programmes: Iterable[AnyProgramme], stage: Stage | None) -> list[AnyProgramme]:
    """The programmes for this stage, in order."""
    return [programme for programme in programmes if stage and stage.value in programme.serves.split()]


def elsewhere(situation: Situation) -> list[Elsewhere]:
    """Other organisations that may help better; advice that excludes nobody (domain, 6.2)."""
    reasons = {
        Elsewhere.NOT_IN_BRUSSELS: not situation.in_brussels,
        Elsewhere.PROFIT_FIRST: not situation.purpose_first,
        Elsewhere.ALONE: situation.alone and situation.stage != Stage.IDEA,
    }
    return [reason for reason, holds in reasons.items() if holds]
