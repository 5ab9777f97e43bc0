"""No text that people send is without end: every field of every form has a length, or refuses what is too long."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from bs4 import Tag
from flask import Flask
from sqlalchemy import select
from wtforms import EmailField, HiddenField, StringField
from wtforms.fields.core import UnboundField

from app.applications.rules.states import State
from app.core.db.base import db
from app.core.http.forms import Form, PublicForm, email_address
from app.core.http.limits import limiter
from app.questionnaires.queries import definition_of
from tests import world
from tests.builders import a_call, a_version, an_application, an_event
from tests.every_kind import EVERY_KIND
from tests.forms import filled
from tests.html import words
from tests.page import Page
from tests.pages import PageClient
from tests.people import AMINA, CHLOE, known, signed_in
from tests.selection import a_review, an_assignment
from tests.world import PageAt, Tour

# Never stored: looked up or compared, and then forgotten.
NOT_STORED = {
    ("AddForm", "reference"),  # a file is looked up by its first 40 characters
}
# Read as an hour, a code or the key of a question: anything else is refused by the form or the action.
PARSED = {
    ("ChoiceForm", "code"),
    ("DatesForm", "closes_hour"),
    ("DatesForm", "opens_hour"),
    ("LateCodeForm", "closes_hour"),
    ("MeetingForm", "hour"),
    ("ProgrammeForm", "code"),
    ("SeriesForm", "begins"),
    ("SeriesForm", "ends"),
    ("SlotForm", "begins"),
    ("SlotForm", "ends"),
}


def forms(above: type[Form] = Form) -> Iterator[type[Form]]:
    """Every form of the application."""
    for one in above.__subclasses__():
        if one.__module__.startswith("app."):
            yield one
        yield from forms(one)


def text_fields() -> Iterator[tuple[str, str, UnboundField]]:
    """(form, name, field) of everything in which people write: not the field for programs."""
    for form in forms():
        for name in dir(form):
            field = getattr(form, name, None)
            kind = field.field_class if isinstance(field, UnboundField) else Form
            if issubclass(kind, StringField) and not issubclass(kind, HiddenField) and field is not PublicForm.website:
                yield form.__name__, name, field


def is_bounded(field: UnboundField) -> bool:
    """Has it a greatest length, or is it an address, whose length is checked first?"""
    validators = [*(field.args[1] if len(field.args) > 1 else ()), *field.kwargs.get("validators", ())]
    if issubclass(field.field_class, EmailField):
        return email_address in validators
    return any("maxlength" in getattr(one, "field_flags", {}) for one in validators)


def test_every_text_that_people_write_has_a_greatest_length(app: Flask) -> None:
    endless = {(form, name) for form, name, field in text_fields() if not is_bounded(field)}

    assert len(list(text_fields())) > 60
    assert endless - NOT_STORED - PARSED == set(), "give it at_most(...)"
    assert (NOT_STORED | PARSED) - endless == set(), "it has a length now: take it off the list"


# The same for the pages as they are sent, whoever wrote their controls: each control gets a text without end.


def applying() -> list[Tour]:
    """What applicants write: a form with every kind of question, a team, an answer to the team."""
    amina = known(AMINA)
    draft = an_application(person=amina, call=a_call(version=a_version(EVERY_KIND)))
    handed_in = an_application(person=amina, submitted=True)
    parts = [one.key for one in definition_of(draft.version).sections]
    pages: list[PageAt] = [
        *[("applications_writer.section", {"key": draft.key, "part": part}) for part in parts],
        ("applications_together.team", {"key": draft.key}),
        ("applications_applicant.status", {"key": handed_in.key}),
        ("privacy_person.my_data", {}),
    ]
    return [(AMINA, pages)]


def scoring() -> list[Tour]:
    """What a reviewer writes: a review, a remark once it is finished, a reason to step back."""
    call, chloe = world.seeds(), known(CHLOE)
    begun, done = world.in_state(call, State.IN_REVIEW, *world.NAMES[:2])
    an_assignment(begun, chloe)
    a_review(done, chloe, world.marks("543210"))
    keys = [{"key": one.key} for one in (begun, done)]
    pages = [("review_reviewer.score", one) for one in keys] + [("review_reviewer.step_back", keys[0])]
    return [(CHLOE, pages)]


def visiting() -> list[Tour]:
    """What anybody writes without signing in."""
    pages: list[PageAt] = [
        ("accounts_public.sign_in", {}),
        ("accounts_public.team_sign_in", {}),
        ("contact_public.contact", {}),
        ("events_public.sign_up", {"slug": an_event().slug["nl"]}),
        ("applications_public.start", {"slug": world.seeds().programme.slug["nl"]}),
        ("subscriptions_public.subscribe", {}),
    ]
    return [(AMINA, pages)]


TOURS = (
    *(world.reading, world.meeting, world.deciding, world.forms, world.calls, world.daily),
    *(applying, scoring, visiting),
)
ENDLESS = "qz" * 75_000  # more than any field may hold
OURS = ("csrf_token", "seen:", "shown:", "unsent:", "choosing:")  # compared or checked, and never stored
NO_TEXT = ("checkbox", "radio", "file", "submit", "range")
NAMES_NOT_KEPT = {"website", *(name for _form, name in NOT_STORED | PARSED)}
# An empty new row is left out, whatever stands in its other fields, and a reason without a change.
LEFT_OUT = re.compile(r"\w+:new0:\w+|criterion:\d+:below|reason_(nl|fr)")


def controls(page: Page) -> list[tuple[Tag, Tag]]:
    """(form, control) of each text and hidden field of a form that writes: the visible ones first.

    Of a list of rows one of each kind.
    """
    found: dict[tuple[str, str], tuple[Tag, Tag]] = {}
    for form in page.soup.select("main form[method=post]"):
        for one in form.select("input[name], textarea[name]"):
            name = str(one["name"])
            if one.get("type") not in NO_TEXT and not name.startswith(OURS):
                found.setdefault((str(form["action"]), re.sub(r"\d+", "N", name)), (form, one))
    return sorted(found.values(), key=lambda pair: is_hidden(pair[1]))


def is_hidden(control: Tag) -> bool:
    return control.get("type") == "hidden"


def send(page: Page, form: Tag, control: Tag) -> Page:
    """Send the form with a text without end in one control, by the button of its action, and every box ticked."""
    button = control.find_next("button") if form.select("[formaction]") else None
    boxes = [one for one in form.select("input[type=checkbox]") if page.endpoint == "reviewers_reviewer.declare"]
    ticked: dict[str, list[str]] = {}
    for one in boxes:
        ticked.setdefault(str(one["name"]), []).append(str(one.get("value", "on")))
    given = filled(form, words(button) if isinstance(button, Tag) else None, ticked)
    fields = given.fields | {str(control["name"]): [ENDLESS]}
    limiter.reset()
    return page.client.send("POST", urljoin(page.path, given.action), data=fields, content_type=given.encoding)


def stored_without_end() -> list[str]:
    """Every table and column that holds it now."""
    found = []
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)).mappings():
            found += [f"{table.name}.{name}" for name, value in row.items() if ENDLESS[:90_000] in str(value)]
    db.session.rollback()
    return found


def wrong_with(page: Page, form: Tag, control: Tag) -> str:
    """What is wrong with the answer to a text without end in this control: its refusal leads to the control."""
    answer, name = send(page, form, control), str(control["name"])
    stored = stored_without_end()
    if answer.status >= 500 or stored:
        return f"{answer.status}, stored in {stored}"
    if is_hidden(control) or LEFT_OUT.fullmatch(name) or name.rpartition(":")[2] in NAMES_NOT_KEPT:
        return ""
    leads = answer.status == 422 and f"#{control.get('id')}" in answer.links("main [role=alert] a[href]")
    return "" if leads else f"{answer.status}: {answer.problems}"


@pytest.mark.slow("sends every form of the site with a text without end in each of its fields")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.__name__)
def test_no_control_of_a_page_takes_a_text_without_end(
    app: Flask, content: None, tour: Callable[[], list[Tour]]
) -> None:
    wrong, tried = list[str](), 0
    for part, pages in tour():
        client = PageClient(app) if tour is visiting else signed_in(app, part)
        for endpoint, values in pages:
            path = client.address(endpoint, **values)
            for form, control in controls(client.send("GET", path)):
                found = wrong_with(client.send("GET", path), form, control)
                tried += 1
                wrong += [f"{endpoint}: {control['name']}: {found}"] if found else []

    assert wrong == []
    assert tried > 3


# And the same with a word where a number, a day or an hour belongs: refused beside its field, with all that was typed.

NUMBER = "input[inputmode=numeric], input[inputmode=decimal], input[type=number], input[type=date], input[type=time]"
HOURS = {name for _form, name in PARSED if name.endswith(("hour", "begins", "ends"))}
NO_NUMBER = "abc"
KEPT_AS_IT_IS = ("applications_writer.section", "form_builder_versions.preview")  # an answer is checked at the hand-in


def numbers(page: Page) -> list[tuple[Tag, Tag]]:
    """(form, control) of each control for a number, a day or an hour; of a list of rows one of each kind."""
    found: dict[tuple[str, str], tuple[Tag, Tag]] = {}
    for form in page.soup.select("main form"):
        for one in form.select("input[name]"):
            name = str(one["name"])
            if (one in form.select(NUMBER) or name in HOURS) and ":new" not in name:
                found.setdefault((str(form["action"]), re.sub(r"\d+", "N", name)), (form, one))
    return list(found.values())


def dropped(page: Page, form: Tag, control: Tag) -> str:
    """What is wrong with the answer to a word in this control."""
    name = str(control["name"])
    button = control.find_next("button") if form.select("[formaction]") else None
    given = filled(form, words(button) if isinstance(button, Tag) else None, {name: NO_NUMBER})
    limiter.reset()
    here = urljoin(page.path, given.action)
    if given.method == "GET":
        answer = page.client.send("GET", here, query_string=given.fields)
    else:
        answer = page.client.send("POST", here, data=given.fields, content_type=given.encoding)
    if answer.status == 303:
        answer = page.client.send("GET", page.path)
    kept = answer.value(name) == NO_NUMBER
    if kept and page.endpoint in KEPT_AS_IT_IS:
        return ""
    leads = f"#{control.get('id')}" in answer.links("main [role=alert] a[href]")
    return "" if kept and leads else f"{answer.status}, kept: {kept}, {answer.problems}"


@pytest.mark.slow("sends every form of the site with a word in each of its numbers")
@pytest.mark.timeout(600)
@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour.__name__)
def test_no_number_day_or_hour_is_dropped_without_a_word(
    app: Flask, content: None, tour: Callable[[], list[Tour]]
) -> None:
    wrong = []
    for part, pages in tour():
        client = PageClient(app) if tour is visiting else signed_in(app, part)
        for endpoint, values in pages:
            path = client.address(endpoint, **values)
            for form, control in numbers(client.send("GET", path)):
                found = dropped(client.send("GET", path), form, control)
                wrong += [f"{endpoint}: {control['name']}: {found}"] if found else []

    assert wrong == []
