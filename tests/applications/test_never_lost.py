"""Any sequence of edits in two windows, new form versions and hand-ins keeps every answer that was acknowledged."""

import itertools
import os
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.applications.actions import writing
from app.applications.models import Application, SectionSave
from app.applications.queries import files
from app.core import clock as the_clock
from app.core.db.base import db
from app.core.http.limits import limiter
from app.core.i18n.bilingual import Bilingual
from app.intake.actions import changes
from app.programmes.models import Call
from tests.builders import a_call, a_person, a_version
from tests.conftest import Clock
from tests.page import Page
from tests.people import SignedIn

KEYS = ["k1", "k2", "k3", "k4", "k5"]
PARTS = ["one", "two"]
_names = itertools.count(1)


def both(words: str) -> dict[str, str]:
    return {"nl": f"{words} (NL)", "fr": f"{words} (FR)"}


def form(places: dict[str, str]) -> dict[str, Any]:
    """A form that asks some short texts, each in one of two parts; a part without questions is left out."""
    sections = [
        {
            "key": part,
            "title": both(f"Deel {part}"),
            "question": [
                {"key": key, "kind": "short_text", "label": both(key), "required": False}
                for key, place in places.items()
                if place == part
            ],
        }
        for part in PARTS
    ]
    return {
        "key": "lasting",
        "title": both("Proef"),
        "section": [one for one in sections if one["question"]],
        "declaration": [{"key": "true", "version": "1", "required": True, "text": both("Waar")}],
    }


class Writing(RuleBasedStateMachine):
    """Two windows of one writer, a team that changes the form, and somebody who remembers what was acknowledged."""

    app: Flask
    clock: Clock

    @initialize()
    def begin(self) -> None:
        limiter.reset()
        db.session.rollback()
        db.session.expunge_all()
        self.call: Call = a_call(version=a_version(form({"k1": "one", "k2": "one", "k3": "two"})))
        person = a_person()
        self.client = SignedIn(self.app, person)
        begun = writing.start(self.call.id, by=person, sign_in=None, language="nl", at=the_clock.now())
        self.key = begun.key
        db.session.commit()
        self.windows: dict[str, Page] = {}
        self.places = {"k1": "one", "k2": "one", "k3": "two"}
        self.newest: dict[str, str] = {}
        self.acknowledged: set[tuple[str, str]] = set()

    def address(self, part: str) -> str:
        return self.client.address("applications_writer.section", key=self.key, part=part)

    @rule(window=st.sampled_from("ab"), part=st.sampled_from(PARTS))
    def open(self, window: str, part: str) -> None:
        """A page that shows a part, or nothing where the form has none of that name."""
        page = self.client.send("GET", self.address(part))
        if page.status == 200:
            self.windows[window] = page

    @precondition(lambda self: self.windows)
    @rule(window=st.sampled_from("ab"), number=st.integers(0, 4), script=st.booleans())
    def write(self, window: str, number: int, script: bool) -> None:
        """Type into one field of an open page and save, by the button or by the script."""
        limiter.reset()
        page = self.windows.get(window)
        fields = [one for one in KEYS if page and page.value(one) is not None]
        if page is None or not fields:
            return
        key, text = fields[number % len(fields)], f"text {next(_names)}"
        sent = {one: page.value(one) for one in (*fields, "revision", "window", "version")} | {key: text}
        self.clock.forward(seconds=1)
        page.soup.select_one(f"[name={key}]")["value"] = text  # it stays in the field, whatever the server says
        path = page.path + ("/bewaren" if script else "")
        answer = self.client.send("POST", path, data=sent | {"do": "later", "csrf_token": self.client.csrf_token()})
        if answer.status == 200:
            page.soup.select_one("[name=revision]")["value"] = str(answer.json["revision"])
        if answer.status in (200, 303):
            self.note(key, text)
        elif not script:
            assert answer.status in (404, 409), answer.status
            assert answer.status == 404 or text in answer.html, "a refused text stands on the page"
            if answer.status == 409:
                self.choose_mine(window, answer, key, text)
        if answer.status == 303:
            del self.windows[window]

    def choose_mine(self, window: str, page: Page, key: str, text: str) -> None:
        """The page that shows both texts: the writer keeps their own."""
        sent = {one: page.value(one) for one in (*KEYS, "revision", "window", "version") if page.value(one) is not None}
        again = self.client.send("POST", page.path, data=sent | {"do": "later", "csrf_token": self.client.csrf_token()})
        assert again.status == 303
        self.note(key, text)
        self.newest |= {one: str(page.value(one)) for one in self.newest if page.value(one)}
        del self.windows[window]

    def note(self, key: str, text: str) -> None:
        self.acknowledged.add((key, text))
        self.newest[key] = text

    @precondition(lambda self: self.state() == "draft")
    @rule(places=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(PARTS), min_size=1))
    def change_the_form(self, places: dict[str, str]) -> None:
        """The team publishes another version, and open drafts go over."""
        self.places = places
        why = Bilingual("Een vraag kwam erbij.", "Une question s’est ajoutée.")
        changes.use_version(self.call, a_version(form(places)), reason=why, by=a_person(), at=the_clock.now())
        db.session.commit()

    @rule()
    def hand_in(self) -> None:
        page = self.client.send("GET", self.client.address("applications_applicant.check", key=self.key))
        if page.status != 200:
            return
        answer = page.submit(form="form[method=post]", true="y")
        assert answer.status == 303
        sent = files.handed_in_file(self.application())
        for key, text in self.newest.items():
            if key in self.places:
                assert sent.answers[key] == text
        db.session.rollback()

    def application(self) -> Application:
        db.session.rollback()
        return db.session.execute(select(Application).where(Application.key == self.key)).scalar_one()

    def state(self) -> str:
        found = self.application().state
        db.session.rollback()
        return found

    @invariant()
    def everything_acknowledged_is_there(self) -> None:
        if not hasattr(self, "key"):
            return
        application = self.application()
        rows = db.session.scalars(select(SectionSave.answers).where(SectionSave.application_id == application.id))
        kept = {(key, text) for answers in rows for key, text in answers.items()}
        assert self.acknowledged <= kept
        file = files.open_file(application)
        assert {key: file.answers.get(key) for key in self.newest} == self.newest
        earlier = {row.question for section in files.earlier_questions(file) for row in section.rows}
        assert set(self.newest) - set(self.places) <= earlier
        db.session.rollback()


@pytest.mark.timeout(300)
def test_nothing_that_was_acknowledged_is_ever_lost(app: Flask, clock: Clock) -> None:
    machine = type("Machine", (Writing,), {"app": app, "clock": clock})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=int(os.environ.get("EXAMPLES", "8")),
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
