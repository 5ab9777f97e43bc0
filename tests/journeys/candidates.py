"""Somebody who applies over HTTP, and what twelve readers make of it: the sums that a site's own are compared with."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask

from app.programmes.models import Call
from tests.every_kind import EVERY_KIND
from tests.pages import Page, PageClient

LANGUAGES = ("nl", "fr")
WEIGHTS, HIGHEST = {"C1": 50, "C2": 30, "C3": 20}, {"C1": 5, "C2": 5, "C3": 10}
NEED = {"nl": "Buurtbewoners vinden nergens een wasserij.", "fr": "Le quartier n’a plus de laverie."}
THOUGHT = {"nl": "De nood is goed onderbouwd ({}).", "fr": "Le besoin est bien étayé ({})."}
FORM: dict[str, Any] = EVERY_KIND | {
    "key": "one_page",
    "section": [EVERY_KIND["section"][0] | {"question": EVERY_KIND["section"][0]["question"][:2]}],
    "declaration": EVERY_KIND["declaration"][:1],
    "monitoring": [],
}


@dataclass
class Candidate:
    """Somebody who applies, in a browser of their own."""

    number: int
    browser: PageClient
    language: str
    key: str = ""
    reference: str = ""
    readings: dict[int, dict[str, int | None]] = field(default_factory=dict)
    outcome: str = ""

    @property
    def email(self) -> str:
        """Each from another house."""
        return f"ploeg@huis{self.number}.example"

    def reading(self, reviewer: int) -> float | None:
        """What this reader's scores come to on a hundred: weighted over what was judged."""
        judged = [(WEIGHTS[code], score / HIGHEST[code]) for code, score in self.readings[reviewer].items() if score]
        return 100 * sum(w * s for w, s in judged) / sum(w for w, _s in judged) if judged else None

    @property
    def values(self) -> list[float]:
        """What each reader's scores come to."""
        return [value for reviewer in self.readings if (value := self.reading(reviewer)) is not None]


def apply(app: Flask, call: Call, number: int) -> Candidate:
    """From the programme to the receipt, on a machine with an address of its own."""
    one = Candidate(number, PageClient(app), LANGUAGES[number % 2])
    one.browser.browser.environ_base["REMOTE_ADDR"] = f"10.1.0.{number}"
    slug = call.programme.slug[one.language]
    start = one.browser.get("applications_public.start", slug=slug, lang=one.language)
    tasks = start.submit(name=f"Ploeg Nummer {number}", email=one.email, language=one.language).follow()
    typed = {"project_name": f"Dossier {number:02}", "a_long_text": NEED[one.language]}
    hand_in(one, one.browser.get_path(tasks.links(".tasks a")[0]), typed)
    return one


def hand_in(one: Candidate, section: Page, typed: dict[str, Any]) -> None:
    """Type, check, hand in."""
    check = section.submit("do=save", **typed).follow()
    received = check.submit(truthful="y").follow()
    one.reference = received.select(".receipt .num")[0]
    one.key = received.path.split("/")[3]


def why(one: Candidate, reviewer: int, code: str) -> str:
    """What this reader writes beside a score."""
    return THOUGHT[one.language].format(f"{reviewer}/{code}")
