"""Believable applications: name, language, progress, and what the reviewers think."""

from dataclasses import dataclass
from random import Random

from app.applications.rules.states import State
from app.core.belgium.lists import MUNICIPALITIES, SECTORS
from app.core.i18n.bilingual import LOCALES
from app.demo.rules.public import FIRST, SECOND

GIVEN = (
    "Amina",
    "Bruno",
    "Chloé",
    "Daan",
    "Els",
    "Farid",
    "Greta",
    "Hanne",
    "Inès",
    "Joris",
    "Khadija",
    "Lotte",
    "Mehdi",
    "Noor",
    "Olivia",
    "Pieter",
    "Rachid",
    "Sofie",
    "Tom",
    "Yasmina",
)
FAMILY = (
    "Haddad",
    "Claes",
    "Lambert",
    "Willems",
    "Peeters",
    "Benali",
    "Maes",
    "Dubois",
    "Janssens",
    "El Amrani",
    "Lefèvre",
    "Vermeulen",
    "Mertens",
    "Diallo",
    "Simon",
    "Jacobs",
)
READY = (State.ELIGIBLE, State.IN_REVIEW)
# The states of applications in a running and in a finished call, with weights per cent.
RUNNING: tuple[tuple[int, tuple[State, ...]], ...] = (
    (20, ()),
    (5, (State.INCOMPLETE,)),
    (5, (State.INELIGIBLE,)),
    (20, (State.ELIGIBLE,)),
    (30, READY),
    (10, (*READY, State.INTERVIEW)),
    (8, (*READY, State.JURY)),
    (2, (State.WITHDRAWN,)),
)
OVER: tuple[tuple[int, tuple[State, ...]], ...] = (
    (12, (State.INELIGIBLE,)),
    (4, (*READY, State.WITHDRAWN)),
    (50, (*READY, State.JURY, State.DECLINED)),
    (10, (*READY, State.JURY, State.RESERVE)),
    (2, (*READY, State.JURY, State.ACCEPTED)),
    (18, (*READY, State.JURY, State.ACCEPTED, State.CONFIRMED)),
    (4, (*READY, State.JURY, State.ACCEPTED, State.DECLINED_BY_TEAM)),
)


@dataclass(frozen=True)
class Path:
    """One application. `way`: the states after `submitted`, in order; `quality`: what its reviewers agree on."""

    title: str
    name: str
    email: str
    language: str
    municipality: str
    sector: str
    way: tuple[State, ...]
    quality: float

    @property
    def state(self) -> State:
        return self.way[-1] if self.way else State.SUBMITTED

    @property
    def is_read(self) -> bool:
        """True when it was reviewed."""
        return State.IN_REVIEW in self.way


def a_file(number: int, seed: int, *, over: bool) -> Path:
    """The application with this number, in a finished or a running call."""
    chance = Random(f"{seed} file {number}")  # noqa: S311 - nothing to guess
    name = f"{chance.choice(GIVEN)} {chance.choice(FAMILY)}"
    chances, ways = zip(*(OVER if over else RUNNING), strict=True)
    return Path(
        title=f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number}",
        name=name,
        email=f"demo-{seed}-{number}@coopcity.invalid",
        language=chance.choice(LOCALES),
        municipality=chance.choice(sorted(MUNICIPALITIES)),
        sector=chance.choice(sorted(SECTORS)),
        way=chance.choices(ways, chances)[0],
        quality=chance.gauss(3.2, 0.8),
    )


def a_score(chance: Random, quality: float, severity: float, lowest: int, highest: int) -> int | None:
    """A reviewer's score: quality, their severity, some noise; sometimes they cannot judge."""
    if chance.random() < 0.03:
        return None
    return max(lowest, min(highest, round(quality - severity + chance.gauss(0, 0.7))))
