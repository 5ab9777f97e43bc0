"""Which programme fits whom, and where else somebody may be better served."""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar


class Stage(enum.StrEnum):
    """How far somebody is, from a first idea to several organisations together."""

    IDEA = "idea"
    START = "start"
    YOUNG = "young"
    GROWN = "grown"
    SEVERAL = "several"


class Elsewhere(enum.StrEnum):
    """Why another house may be the better one."""

    NOT_IN_BRUSSELS = "not_in_brussels"
    PROFIT_FIRST = "profit_first"
    ALONE = "alone"


@dataclass(frozen=True)
class Situation:
    """What somebody says of their plan; nothing is kept. No stage: nothing was asked yet."""

    stage: Stage | None = None
    alone: bool = False
    in_brussels: bool = True
    purpose_first: bool = True


class Serving(Protocol):
    """Anything that is made for some stages."""

    @property
    def serves(self) -> str: ...


AnyProgramme = TypeVar("AnyProgramme", bound=Serving)


def fitting(programmes: Iterable[AnyProgramme], stage: Stage | None) -> list[AnyProgramme]:
    """The programmes made for this stage, in their order."""
    return [programme for programme in programmes if stage and stage.value in programme.serves.split()]


def elsewhere(situation: Situation) -> list[Elsewhere]:
    """Where somebody may be better served; it advises and never closes a door (domain, 6.2)."""
    reasons = {
        Elsewhere.NOT_IN_BRUSSELS: not situation.in_brussels,
        Elsewhere.PROFIT_FIRST: not situation.purpose_first,
        Elsewhere.ALONE: situation.alone and situation.stage != Stage.IDEA,
    }
    return [reason for reason, holds in reasons.items() if holds]
