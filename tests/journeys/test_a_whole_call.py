"""A whole call over HTTP: sixty applications, twelve readers, three readings each, a jury, sixty right letters.

What the site says about the numbers is compared with sums made here, from what was typed here.
"""

import csv
import io
import random
import re
from collections import Counter
from datetime import timedelta
from statistics import fmean, median
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import db
from app.mail.jobs import delivery
from app.meetings import queries as meetings
from app.programmes.models import Call
from app.ranking.rules.severity import SHRINK
from tests.builders import a_call, a_criterion, a_version
from tests.conftest import Clock
from tests.journeys.candidates import FORM, HIGHEST, LANGUAGES, NEED, WEIGHTS, Candidate, apply, hand_in, why
from tests.letters import Mailbox
from tests.pages import Page, PageClient
from tests.people import SignedIn
from tests.ranking.judges import least_squares

pytestmark = pytest.mark.timeout(600)  # a thousand pages

APPLICATIONS, READERS, READINGS, PLACES, RESERVE = 60, 12, 3, 12, 5
TABLE = ("chair", "member", "member", "member")
REASON = {
    "accepted": {"nl": "Een sterke ploeg met een helder plan.", "fr": "Une équipe solide avec un plan clair."},
    "reserve": {"nl": "Een goed plan dat net te kort schiet.", "fr": "Un bon plan, à un cheveu des places."},
    "declined": {"nl": "De doelgroep is nog niet bevraagd.", "fr": "Le public n’a pas encore été consulté."},
}
THOUGHTS = r"(?:De nood is goed onderbouwd|Le besoin est bien étayé) \(\d+/C\d\)\."


@pytest.fixture
def call(app: Flask, clock: Clock) -> Call:
    """Open for an hour, with criteria on scales of 5 and of 10."""
    made = a_call(version=a_version(FORM), places=PLACES, closes_at=clock.at + timedelta(hours=1))
    for position, (code, weight) in enumerate(WEIGHTS.items()):
        criterion = a_criterion(made, code, weight=weight)
        criterion.position, criterion.highest = position, HIGHEST[code]
    db.session.refresh(made)
    return made


def admit(els: SignedIn, candidates: list[Candidate], mailbox: Mailbox) -> list[Candidate]:
    """Two are not admissible, one completes its file, all others are admitted in one go; gives those."""
    for one in candidates[:2]:
        page = els.get("casework_staff.application", key=one.key, lang=one.language)
        page.submit(
            form="[formaction$=stap],[formaction$=etape]",
            to="ineligible",
            message=NEED[one.language],
            reasons=["outside_brussels"],
        ).follow()
        letter = mailbox.last("application_ineligible")
        assert (letter.to_email, letter.language) == (one.email, one.language)
    late = candidates[2]
    page = els.get("casework_staff.application", key=late.key)
    page.submit(form="[formaction$=stap]", to="incomplete", message="Wat kost het?", questions=["a_long_text"]).follow()
    assert mailbox.last("application_incomplete").to_email == late.email
    answered = late.browser.get("applications_applicant.tasks", key=late.key, lang=late.language)
    hand_in(late, late.browser.get_path(answered.links(".tasks a")[0]), {"a_long_text": "Tien euro."})
    admitted = candidates[2:]
    els.get("casework_together.step", file=[one.key for one in admitted]).submit(to="eligible")
    assert mailbox.kinds.count("application_eligible") == len(admitted)
    return admitted


def invite(app: Flask, els: SignedIn, call: Call, mailbox: Mailbox) -> list[SignedIn | PageClient]:
    """Twelve readers come in by the link of their letter and go through the list of projects."""
    els.get("reviewers_staff.plan", key=call.key).submit(
        "Bewaar het plan", readings=str(READINGS), most_files="16", due_on="2027-03-15"
    )
    page = els.get("reviewers_staff.invite", key=call.key)
    reviewers: list[SignedIn | PageClient] = []
    for number in range(READERS):
        email = f"lezer{number}@jury.example"
        page.submit(
            form="main form.text",
            name=f"Lezer Getal{number}",
            email=email,
            languages=["nl", "fr"],
            language=LANGUAGES[number % 2],
            expertise=[],
            most_files="",
        )
        reviewer = PageClient(app)
        reviewer.get_path(mailbox.link("reader_invited", to=email)).submit().follow()
        reviewers.append(reviewer)
    return reviewers


def declare(reviewers: list[Any], call: Call, admitted: list[Candidate]) -> dict[str, set[int]]:
    """Each reader signs the list; some know a team. Gives who may not see a file, by its reference."""
    ids = {one.key: one.id for one in db.session.query(Application)}
    hidden: dict[str, set[int]] = {one.reference: set() for one in admitted}
    for number, reviewer in enumerate(reviewers):
        close = [admitted[number * 3]] if number % 4 == 0 else []
        page = reviewer.get("reviewers_reviewer.declare", key=call.key)
        page.submit(form="main form.text, main form", conflict=[str(ids[one.key]) for one in close], gone_through="y")
        for one in close:
            hidden[one.reference].add(number)
    return hidden


def read(reviewers: list[Any], call: Call, by_key: dict[str, Candidate], chance: random.Random) -> None:
    """Everybody scores what was given to them; one criterion in ten cannot be judged."""
    codes = {criterion.code: criterion.id for criterion in call.criteria}
    for number, reviewer in enumerate(reviewers):
        listed = reviewer.get("review_reviewer.files")
        for address in dict.fromkeys(listed.links("main table a[href*='/lezen/dossier/']")):
            one = by_key[address.rsplit("/", 1)[1]]
            scores = {code: None if chance.random() < 0.1 else chance.randint(1, HIGHEST[code]) for code in codes}
            fields = {f"c{codes[code]}": "x" if score is None else str(score) for code, score in scores.items()}
            words = {f"r{codes[code]}": why(one, number, code) for code, score in scores.items() if score}
            reviewer.get_path(address).submit("do=finish", **fields, **words)
            one.readings[number] = scores


def test_a_whole_call(app: Flask, els: SignedIn, call: Call, clock: Clock, mailbox: Mailbox) -> None:
    candidates = [apply(app, call, number) for number in range(APPLICATIONS)]
    assert len({one.reference for one in candidates}) == APPLICATIONS
    assert mailbox.kinds.count("application_received") == APPLICATIONS
    clock.forward(hours=2)

    admitted = admit(els, candidates, mailbox)
    reviewers = invite(app, els, call, mailbox)
    hidden = declare(reviewers, call, admitted)
    els.get("reviewers_assigning.assign_balanced", key=call.key).submit("Verdeel de dossiers zo")
    els.get("reviewers_assigning.notify", key=call.key).submit("Verwittig 12 lezers")
    assert Counter(one.state for one in db.session.query(Application)) == {"in_review": 58, "ineligible": 2}
    read(reviewers, call, {one.key: one for one in candidates}, random.Random(5))
    assert {len(one.readings) for one in admitted} == {READINGS}
    assert not any(hidden[one.reference] & set(one.readings) for one in admitted)

    gone = admitted.pop()
    gone.browser.get("applications_applicant.withdraw", key=gone.key, lang=gone.language).submit()
    hidden[admitted[10].reference].add(a_conflict_comes_out(els, call, admitted[10]))
    order = the_ranking_is_right(els, call, admitted)

    els.get("casework_together.step", file=[one.key for one in admitted]).submit(to="jury")
    the_jury_meets(els, reviewers, call, order, hidden)
    everybody_is_told(els, call, candidates, mailbox)


def offered(page: Page, reviewer: int) -> str:
    """The value of this reader in the menu of people."""
    options = page.soup.select("select[name=person] option")
    found = [str(one["value"]) for one in options if f"Getal{reviewer}" in re.findall(r"\w+", one.get_text())]
    assert len(found) == 1, [one.get_text() for one in options]
    return found[0]


def a_conflict_comes_out(els: SignedIn, call: Call, one: Candidate) -> int:
    """After the readings one reader turns out to know the team: what they think counts no more. Gives who."""
    number = next(iter(one.readings))
    page = els.get("conflicts_staff.conflicts", key=call.key)
    page.submit(
        form="[formaction$=belangenconflicten]", reference=one.reference, person=offered(page, number), words="Een neef"
    )
    del one.readings[number]
    return number


def the_ranking_is_right(els: SignedIn, call: Call, admitted: list[Candidate]) -> list[Candidate]:
    """Every figure of the table beside one made here; gives the files, highest first."""
    data = els.get("ranking_staff.as_csv", key=call.key).data.decode("utf-8-sig")
    table = {row["reference"]: row for row in csv.DictReader(io.StringIO(data), delimiter=";")}
    means = {one.reference: fmean(one.values) for one in admitted}
    assert set(table) == set(means)
    singles = [
        (one.number, reviewer, value)
        for one in admitted
        for reviewer in one.readings
        if (value := one.reading(reviewer)) is not None
    ]
    corrected, _mildness = least_squares(singles, SHRINK)
    for one in admitted:
        row = table[one.reference]
        expected = {
            "raw": means[one.reference],
            "median": median(one.values),
            "spread": max(one.values) - min(one.values),
            "corrected": corrected[one.number],
        } | {
            f"criterion_{code}": fmean(given)
            for code in WEIGHTS
            if (given := [score for scores in one.readings.values() if (score := scores[code]) is not None])
        }
        shown = {name: float(row[name].replace(",", ".")) for name in expected}
        assert shown == pytest.approx(expected, abs=0.0051)
        assert (int(row["readings"]), row["language"]) == (len(one.readings), one.language)
        assert int(row["rank"]) == 1 + sum(round(other - means[one.reference], 4) > 0 for other in means.values())
    return sorted(admitted, key=lambda one: (-round(means[one.reference], 4), one.reference))


def the_jury_meets(
    els: SignedIn, reviewers: list[Any], call: Call, order: list[Candidate], hidden: dict[str, set[int]]
) -> None:
    """Four readers decide on every file in the order of the ranking; whoever knows a team leaves the room first."""
    planned = els.get("meetings_staff.meetings", key=call.key)
    page = planned.submit(on="2027-03-29", hour="13:30", quorum="3", place_nl="Flagey", place_fr="Flagey").follow()
    page = page.submit("do=put").follow()
    page = page.submit("do=order", order="score").follow()
    for number, role in enumerate(TABLE):
        page = page.submit(
            "Een plaats of een rol toekennen",
            person=offered(page, number),
            role=role,
        ).follow()
    found = meetings.meetings_of(call.id)[0]
    for seat in meetings.members_of(found.id):
        els.post("meetings_staff.attend", {"in": str(seat.person_id)}, key=found.key)
    agenda = [(item.id, item.application.reference) for item in meetings.items(found.id)]
    assert [reference for _item, reference in agenda] == [one.reference for one in order]

    for place, ((item, _reference), one) in enumerate(zip(agenda, order, strict=True)):
        one.outcome = "accepted" if place < PLACES else "reserve" if place < PLACES + RESERVE else "declined"
        here: dict[str, Any] = {"key": found.key, "item_id": item}
        somebody_leaves = bool(hidden[one.reference] & set(range(len(TABLE))))
        for action in ("open", *(["left"] if somebody_leaves else []), "reveal"):
            els.post("meetings_staff.item", {"do": action}, **here)
        decided = {"outcome": one.outcome, "reason": REASON[one.outcome][one.language]}
        rank = {"rank": str(place - PLACES + 1)} if one.outcome == "reserve" else {}
        els.post("meetings_staff.decide", decided | rank, **here)
    for reviewer in reviewers[:4]:
        reviewer.get("meetings_reviewer.follow", key=found.key)

    page = els.get("meetings_staff.live", key=found.key)
    page.submit("Sluit de vergadering", notes="").follow().submit("Keur het verslag goed").follow()
    paper = PdfReader(io.BytesIO(els.get("meetings_staff.minutes", key=found.key).data))
    text = " ".join("\n".join(page.extract_text() for page in paper.pages).split())
    for one in order:
        assert text.count(one.reference) >= 2  # in each language
    left = {item for item, absent in meetings.absences(found.id).items() if absent}
    assert len(left) == sum(bool(hidden[one.reference] & set(range(len(TABLE)))) for one in order) > 0


def everybody_is_told(els: SignedIn, call: Call, candidates: list[Candidate], mailbox: Mailbox) -> None:
    """All at once; each of the sixty finds one right letter about the end of the road, and reads the same there."""
    decided = [one for one in candidates if one.outcome]
    for one in decided:
        els.post("decisions_staff.feedback", {"all": "1"}, key=one.key)
    check = els.get("decisions_calls.check", key=call.key)
    assert check.select("#spots, #spots ~ *") == []
    check.submit(form="main form", status=200).submit("Deel deze beslissingen nu mee").follow()

    answered = [letter for letter in mailbox.letters if letter.kind.startswith("decision")]
    assert Counter(one.outcome for one in decided) == {"accepted": 12, "reserve": 5, "declined": 40}
    assert Counter((letter.to_email, letter.kind, letter.language) for letter in answered) == Counter(
        (one.email, f"decision_{one.outcome}", one.language) for one in decided
    )
    texts = {letter.to_email: letter.text for letter in answered}
    for one in decided:
        assert REASON[one.outcome][one.language] in texts[one.email]
        status = one.browser.get("applications_applicant.status", key=one.key, lang=one.language)
        assert REASON[one.outcome][one.language] in status.text
        thought = {
            why(one, reviewer, code)
            for reviewer, scores in one.readings.items()
            for code, score in scores.items()
            if score
        }
        assert set(re.findall(THOUGHTS, texts[one.email])) == thought
    assert {one.state for one in db.session.query(Application)} == {
        State.INELIGIBLE,
        State.WITHDRAWN,
        State.ACCEPTED,
        State.RESERVE,
        State.DECLINED,
    }

    db.session.commit()
    while delivery.deliver():
        pass
    received = Counter(str(message["To"].addresses[0].addr_spec) for message in mailbox.delivered())
    assert received == Counter(letter.to_email for letter in mailbox.letters)
