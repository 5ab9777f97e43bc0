"""Two pages gave different answers: the one that a person chooses is stored, and no other."""

import io
from typing import Any

import pytest
from flask import Flask

from app.applications.actions import team
from app.applications.models import Application
from app.applications.queries import files
from app.applications.rules.team import Role
from app.core import clock as the_clock
from app.core.db.base import db
from app.core.i18n.formats import moment
from app.core.i18n.language import speaking
from tests.builders import a_call, a_version, an_application
from tests.conftest import Clock
from tests.every_kind import EVERY_KIND
from tests.page import Page
from tests.people import SignedIn

pytestmark = pytest.mark.one_database("what a form shows")

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
OTHER_PDF = PDF.replace(b"1 0 obj", b"2 0 obj")
# Fields of one question as the first page and as the second page sends them, and what is stored for each.
ANSWERS: dict[str, tuple[str, dict[str, Any], dict[str, Any], Any, Any]] = {
    "short text": ("project_name", {"project_name": "Hun"}, {"project_name": "Mijn"}, "Hun", "Mijn"),
    "long text": ("a_long_text", {"a_long_text": "Van hen"}, {"a_long_text": "Van mij"}, "Van hen", "Van mij"),
    "choice": ("file_language", {"file_language": "nl"}, {"file_language": "fr"}, "nl", "fr"),
    "several choices": (
        "a_several_choices",
        {"a_several_choices": ["x"]},
        {"a_several_choices": ["y", "z"]},
        ["x"],
        ["y", "z"],
    ),
    "emptied by the other": ("a_email", {"a_email": ""}, {"a_email": "ik@example.be"}, "", "ik@example.be"),
    "group": (
        "team",
        {"team-0-name": "Amina", "team-0-days": "1"},
        {"team-0-name": "Bruno", "team-0-days": "2"},
        [{"name": "Amina", "days": "1"}],
        [{"name": "Bruno", "days": "2"}],
    ),
}


BEGUN = {
    "project_name": "Begin",
    "a_long_text": "Begin",
    "file_language": "both",
    "a_several_choices": ["z"],
    "a_email": "begin@example.be",
    "team": [{"name": "Zoë", "days": "3"}],
}


def form(**changes: dict[str, Any]) -> dict[str, Any]:
    """The form with a question of every kind, some of its questions changed."""
    sections = [
        section | {"question": [one | changes.get(one["key"], {}) for one in section["question"]]}
        for section in EVERY_KIND["section"]
    ]
    return EVERY_KIND | {"key": "choosing", "section": sections}


@pytest.fixture(params=[False, True], ids=["draft", "handed in"])
def file(request: pytest.FixtureRequest, amina: SignedIn) -> Application:
    """A file of which no answer is one of the two."""
    codes = [{"code": code, "label": {"nl": code, "fr": code}} for code in ("nl", "fr", "both")]
    call = a_call(version=a_version(form(file_language={"choice": codes})))
    return an_application(call=call, person=amina.person, submitted=request.param, answers=BEGUN)


def section(who: SignedIn, file: Application, part: str = "words") -> Page:
    return who.get("applications_writer.section", key=file.key, part=part)


def stored(file: Application, question: str) -> Any:
    db.session.expire_all()
    return files.open_file(file).answers[question]


def in_conflict(who: SignedIn, file: Application, theirs: dict[str, Any], mine: dict[str, Any]) -> Page:
    """The page that shows both answers: a first page saved one, a second page the other."""
    first, second = section(who, file), section(who, file)
    first.submit("do=later", **theirs)
    return second.submit("do=save", status=409, **mine)


@pytest.mark.parametrize("case", ANSWERS)
@pytest.mark.parametrize("side", ["theirs", "mine"])
def test_the_chosen_answer_is_stored(amina: SignedIn, file: Application, case: str, side: str) -> None:
    question, theirs, mine, their_value, my_value = ANSWERS[case]
    page = in_conflict(amina, file, theirs, mine)
    assert stored(file, question) == their_value

    answer = page.submit(f"do={side}:{question}")

    assert stored(file, question) == (their_value if side == "theirs" else my_value)
    here = answer.follow()
    assert here.path.split("#")[0] == page.path
    assert ("dat van jou niet" if side == "theirs" else "jouw antwoord is bewaard") in here.main.get_text()


def test_only_the_chosen_answer_is_decided_and_the_others_stay_to_choose(amina: SignedIn, file: Application) -> None:
    page = in_conflict(
        amina,
        file,
        {"project_name": "Wasserij", "a_long_text": "Van hen"},
        {"project_name": "Droogkast", "a_long_text": "Van mij", "a_email": "ik@example.be"},
    )
    assert stored(file, "a_email") == "ik@example.be"

    left = page.submit("do=theirs:project_name", status=409)

    assert (stored(file, "project_name"), stored(file, "a_long_text")) == ("Wasserij", "Van hen")
    assert left.value("a_long_text") == "Van mij"
    assert left.select(".choose h3") == ["Vraag naar long text"]
    left.submit("do=mine:a_long_text")
    assert (stored(file, "project_name"), stored(file, "a_long_text")) == ("Wasserij", "Van mij")


def test_a_third_save_while_choosing_is_asked_too(amina: SignedIn, file: Application) -> None:
    page = in_conflict(amina, file, {"a_long_text": "Van hen"}, {"a_long_text": "Van mij"})
    section(amina, file).submit("do=later", a_long_text="Nog iemand")

    again = page.submit("do=mine:a_long_text", status=409)

    assert stored(file, "a_long_text") == "Nog iemand"
    again.submit("do=theirs:a_long_text")
    assert stored(file, "a_long_text") == "Nog iemand"


def test_the_page_names_the_writer_and_marks_the_words(amina: SignedIn, bruno: SignedIn) -> None:
    file = an_application(call=a_call(), person=amina.person, answers=BEGUN | {"file_language": "nl"})
    member = team.invite(
        file, bruno.person.email, name="Bruno Claes", role=Role.WRITER, by=amina.person, at=the_clock.now()
    )
    team.accept(file, member, by=bruno.person, at=the_clock.now())
    first, second = section(bruno, file), section(amina, file)
    first.submit("do=later", a_long_text="Een wasplaats voor de wijk")

    page = second.submit("do=save", status=409, a_long_text="Een wasplaats voor de straat")

    assert "Bruno Claes bewaarde dit deel op" in page.text
    assert (page.select(".choose ins"), page.select(".choose del")) == (["wijk"], ["straat"])


@pytest.mark.parametrize("who", ["own", "mate"])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_page_names_the_moment_of_the_other_text(
    amina: SignedIn, bruno: SignedIn, clock: Clock, lang: str, who: str
) -> None:
    file = an_application(call=a_call(), person=amina.person, answers=BEGUN)
    member = team.invite(file, bruno.person.email, name="B", role=Role.WRITER, by=amina.person, at=clock())
    team.accept(file, member, by=bruno.person, at=clock())
    first = section(amina if who == "own" else bruno, file)
    second = amina.get("applications_writer.section", key=file.key, part="words", lang=lang)
    first_saved = clock.forward(minutes=17)
    first.submit("do=later", a_long_text="Van het ene venster")
    clock.forward(minutes=25)

    page = second.submit("do=save", status=409, a_long_text="Van het andere")

    with speaking(lang):
        when, later = moment(first_saved), moment(clock())
    said = page.select(".error-summary p")[0]
    assert f"{ {'nl': ' op ', 'fr': ' le '}[lang] }{when}" in said
    assert later not in said


def test_an_edited_answer_is_kept_by_the_button_that_saves_the_part(amina: SignedIn, file: Application) -> None:
    page = in_conflict(amina, file, {"a_long_text": "Van hen"}, {"a_long_text": "Van mij"})

    here = page.submit("do=save", a_long_text="Van ons beiden").follow()

    assert stored(file, "a_long_text") == "Van ons beiden"
    assert "jouw antwoord is bewaard" in here.text


def test_the_script_decides_nothing_while_there_is_a_choice(amina: SignedIn, file: Application) -> None:
    page = in_conflict(amina, file, {"a_long_text": "Van hen"}, {"a_long_text": "Van mij"})
    sent = {name: page.value(name) for name in ("revision", "window", "choose-for", "a_long_text")}

    said = amina.post("applications_writer.autosave", sent, key=file.key, part="words", status=409).json["said"]

    assert said.startswith("Kies eerst")
    assert stored(file, "a_long_text") == "Van hen"


@pytest.mark.parametrize(("side", "kept"), [("theirs", "van hen.pdf"), ("mine", "van mij.pdf")])
@pytest.mark.parametrize("submitted", [False, True])
def test_two_files_for_one_place_are_both_kept_until_one_is_chosen(
    amina: SignedIn, submitted: bool, side: str, kept: str
) -> None:
    call = a_call(version=a_version(form(a_files={"most": 1})))
    file = an_application(call=call, person=amina.person, submitted=submitted)
    first, second = section(amina, file, "figures"), section(amina, file, "figures")
    first.submit("do=later", a_files=(io.BytesIO(PDF), "van hen.pdf"))

    page = second.submit("do=save", status=409, a_files=(io.BytesIO(OTHER_PDF), "van mij.pdf"))

    assert {one.name for one in files.attachments_of(file.id)} == {"van hen.pdf", "van mij.pdf"}
    page.submit(f"do={side}:a_files")
    assert [one.name for one in files.attachments_of(file.id)] == [kept]


def test_a_file_sent_with_an_answer_to_choose_is_kept(amina: SignedIn, app: Flask) -> None:
    file = an_application(call=a_call(), person=amina.person)
    first, second = section(amina, file, "figures"), section(amina, file, "figures")
    first.submit("do=later", a_number="11")

    second.submit("do=save", status=409, a_number="12", a_files=(io.BytesIO(PDF), "plan.pdf"))

    assert [one.name for one in files.attachments_of(file.id)] == ["plan.pdf"]


@pytest.mark.parametrize("who", ["own", "mate"])
def test_script_and_page_name_the_same_writer(amina: SignedIn, bruno: SignedIn, who: str) -> None:
    file = an_application(call=a_call(), person=amina.person, answers=BEGUN)
    now = the_clock.now()
    member = team.invite(file, bruno.person.email, name="B", role=Role.WRITER, by=amina.person, at=now)
    team.accept(file, member, by=bruno.person, at=now)
    first, second = section(amina if who == "own" else bruno, file), section(amina, file)
    first.submit("do=later", a_long_text="Van het ene venster")
    sent = {name: second.value(name) for name in ("revision", "window")} | {"a_long_text": "Van het andere"}

    said = amina.post("applications_writer.autosave", sent, key=file.key, part="words", status=409).json["said"]

    page = second.submit("do=save", status=409, a_long_text="Van het andere")
    words = page.select(".error-summary p")[0]
    assert ("ander venster" if who == "own" else "Bruno Claes bewaarde") in words
    assert said.startswith(words[:40])


def test_what_this_page_saved_itself_is_never_dropped(amina: SignedIn, file: Application) -> None:
    """The script saved a text from this page, another page replaced it, and the button is pressed."""
    page, other = section(amina, file), section(amina, file)
    names = ("revision", "window", "project_name", "a_email", "file_language", "a_long_text")
    sent = {name: page.value(name) for name in names} | {"a_long_text": "Teruggezet"}
    answered = amina.post("applications_writer.autosave", sent, key=file.key, part="words", status=200).json
    other.submit("do=later", status=409, a_long_text="Ander venster").submit("do=mine:a_long_text")
    page.soup.select_one("[name=revision]")["value"] = str(answered["revision"])

    answer = page.submit("do=save", status=409, a_long_text="Teruggezet")

    assert "samengevoegd" not in answer.text
    answer.submit("do=mine:a_long_text")
    assert stored(file, "a_long_text") == "Teruggezet"


def test_a_page_without_changes_of_its_own_says_nothing_of_two_texts(amina: SignedIn, file: Application) -> None:
    first, second = section(amina, file), section(amina, file)
    first.submit("do=later", a_long_text="Ander venster")

    page = second.submit("do=later").follow()

    assert stored(file, "a_long_text") == "Ander venster"
    assert "samengevoegd" not in page.text
    assert "niets veranderd" in page.text


def test_a_chosen_answer_that_changed_meanwhile_is_asked_again(amina: SignedIn, file: Application) -> None:
    page = in_conflict(amina, file, {"a_long_text": "Van hen"}, {"a_long_text": "Van mij"})
    section(amina, file).submit("do=later", a_long_text="Nog iets anders")

    again = page.submit("do=theirs:a_long_text", status=409)

    assert "samengevoegd" not in again.text
    again.submit("do=mine:a_long_text")
    assert stored(file, "a_long_text") == "Van hen"
