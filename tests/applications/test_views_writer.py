"""Writing a section: whatever is typed is kept, whatever is wrong is said, in the right language."""

import io
from typing import Any

import pytest
from flask import Flask

from app.applications.models import Application
from app.applications.queries import files
from app.core.db.base import db
from app.core.files import check
from app.questionnaires.rules.definition import Definition
from tests.answers import as_fields, good_answers
from tests.builders import a_call, a_version, an_application, the_form
from tests.conftest import Clock
from tests.pages import Page, assert_budget
from tests.people import SignedIn

SECTIONS = [section["key"] for section in the_form()["section"]]
HOSTILE = (
    "<script>alert(1)</script>\x00 '; DROP TABLE application;-- {{7*7}} %(a)s ../../etc \U0001f469‍\U0001f680 \u202e"
)
SAFE_HOSTILE = "<script>alert(1)</script> '; DROP TABLE application;-- {{7*7}} %(a)s ../../etc \U0001f469‍\U0001f680"
ODD = {"left-overs", "typography"}  # these tests type such things themselves
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def draft(amina: SignedIn) -> Application:
    """Amina's draft with the real form."""
    return an_application(call=a_call(version=a_version(the_form())), person=amina.person)


def open_section(who: SignedIn, file: Application, part: str, *, lang: str = "fr") -> Page:
    return who.get("applications_writer.section", lang=lang, key=file.key, part=part)


def controls(page: Page) -> list[str]:
    """The names of everything that can be typed in."""
    typed = page.soup.select("form[data-autosave] textarea, form[data-autosave] input")
    kinds = ("text", "email", "tel", "url", None)
    return [str(tag["name"]) for tag in typed if tag.name == "textarea" or tag.get("type") in kinds]


@pytest.mark.parametrize("part", SECTIONS)
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_every_section_is_shown_within_its_budget(amina: SignedIn, draft: Application, part: str, lang: str) -> None:
    open_section(amina, draft, part, lang=lang)  # the first page of a process also loads the form

    assert_budget(open_section(amina, draft, part, lang=lang), 4)


@pytest.mark.parametrize("part", [part for part in SECTIONS if part != "practical"])
def test_an_empty_section_says_what_is_missing(amina: SignedIn, draft: Application, part: str) -> None:
    page = open_section(amina, draft, part)

    answer = page.submit("do=save", status=422, **dict.fromkeys(controls(page), ""))

    assert answer.problems
    assert answer.title.startswith("Erreur")
    targets = answer.links(".error-summary a")
    assert all(answer.soup.find(id=target.removeprefix("#")) for target in targets)


@pytest.mark.parametrize("part", SECTIONS)
def test_hostile_text_is_kept_and_shown_as_text(amina: SignedIn, draft: Application, part: str) -> None:
    page = open_section(amina, draft, part)
    names = controls(page)

    page.submit("do=later", **dict.fromkeys(names, HOSTILE))
    again = amina.get("applications_writer.section", lang="fr", key=draft.key, part=part, skip=ODD)

    assert "<script>alert(1)" not in again.html
    for name in names:
        assert again.value(name).strip(" \u202e") == SAFE_HOSTILE


@pytest.mark.parametrize("part", SECTIONS)
def test_huge_text_stays_on_the_page(amina: SignedIn, draft: Application, part: str) -> None:
    page = open_section(amina, draft, part)
    names = controls(page)
    huge = "a" * 30_000

    if names:
        again = page.submit("do=save", status=422, **dict.fromkeys(names, huge))
        assert {again.value(name) for name in names} == {huge}


def test_wrong_answers_are_saved_and_explained(amina: SignedIn, draft: Application) -> None:
    page = open_section(amina, draft, "project")

    answer = page.submit("do=save", status=422, legal_form="asbl", enterprise_number="0403.227.516", summary="x" * 281)

    assert len(answer.problems) == 2
    again = open_section(amina, draft, "project")
    assert again.value("enterprise_number") == "0403.227.516"
    assert again.value("summary") == "x" * 281


def test_saving_leads_on_and_the_last_section_to_the_check(amina: SignedIn, draft: Application) -> None:
    page = open_section(amina, draft, SECTIONS[0])
    for following in SECTIONS[1:]:
        page = page.submit("do=save").follow()
        assert page.path.endswith(following)

    assert page.submit("do=save").follow().endpoint == "applications_applicant.check"


def test_later_keeps_what_is_wrong_without_a_word(amina: SignedIn, draft: Application) -> None:
    page = open_section(amina, draft, "purpose")

    tasks = page.submit("do=later", need="").follow()

    assert tasks.endpoint == "applications_applicant.tasks"
    assert open_section(amina, draft, "purpose").value("need") == ""


def test_team_members_are_added_and_removed_without_a_script(amina: SignedIn, draft: Application) -> None:
    page = open_section(amina, draft, "team")

    more = page.submit("do=team:add").follow()
    more = more.submit("do=later", **{"team-1-name": "Yasmine"})
    fewer = open_section(amina, draft, "team").submit("do=team:remove:0").follow()

    assert fewer.value("team-0-name") == "Yasmine"
    assert "team-1-name" not in fewer.html


def test_a_stale_page_overwrites_nothing_and_shows_both_texts(amina: SignedIn, draft: Application) -> None:
    first = open_section(amina, draft, "purpose")
    second = open_section(amina, draft, "purpose")
    first.submit("do=save", need="De la première fenêtre.")

    answer = second.submit("do=save", status=409, need="De la seconde fenêtre.")

    assert answer.value("need") == "De la seconde fenêtre."
    assert "De la première fenêtre." in answer.text
    saved = answer.submit("do=save")
    assert saved.status == 303
    assert open_section(amina, draft, "purpose").value("need") == "De la seconde fenêtre."


def test_autosave_keeps_the_text_and_tells_the_script(amina: SignedIn, draft: Application) -> None:
    page = open_section(amina, draft, "purpose")

    answered = amina.post(
        "applications_writer.autosave",
        {"need": "À moitié", "revision": page.value("revision")},
        status=200,
        lang="fr",
        key=draft.key,
        part="purpose",
    ).json

    assert answered["revision"] == int(page.value("revision")) + 1
    assert "11\u00a0h" in answered["saved"]
    assert open_section(amina, draft, "purpose").value("need") == "À moitié"


def test_a_call_that_closed_meanwhile_shows_the_text_again(amina: SignedIn, draft: Application, clock: Clock) -> None:
    page = open_section(amina, draft, "purpose")
    clock.set(draft.call.closes_at)
    clock.forward(days=1)

    answer = page.submit("do=save", status=409, need="Ce que j’écrivais à minuit.")

    assert "Ce que j’écrivais à minuit." in answer.text


def test_an_ended_sign_in_shows_the_text_again(amina: SignedIn, draft: Application, clock: Clock) -> None:
    page = open_section(amina, draft, "purpose")
    amina.post("accounts_public.sign_out")

    answer = page.submit("do=save", status=401, need="Ce que j’écrivais alors.")

    assert "Ce que j’écrivais alors." in answer.text


def test_files_are_kept_listed_fetched_and_removed(amina: SignedIn, draft: Application) -> None:
    page = open_section(amina, draft, "practical")

    page.submit("do=save", attachments=(io.BytesIO(PDF), "../../budget élan.pdf"))
    listed = open_section(amina, draft, "practical")
    link = next(address for address in listed.links() if "/annexe/" in address)
    fetched = amina.send("GET", link)

    assert fetched.data == PDF
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in fetched.headers["Content-Security-Policy"]
    assert "../" not in listed.text
    gone = next(str(tag["value"]) for tag in listed.soup.select("button[name=do]") if "drop" in str(tag.get("value")))
    asked = listed.submit(f"do={gone}").follow()
    assert len(files.attachments_of(draft.id)) == 1
    asked.submit("Supprimer le fichier")
    assert files.attachments_of(draft.id) == []
    assert amina.send("GET", link).status == 404


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("virus.exe", b"MZ\x90\x00" + b"\x00" * 200),
        ("page.pdf", b"<html><script>alert(1)</script></html>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
        ("empty.pdf", b""),
        ("broken.pdf", b"%PDF-1.7\n but nothing follows"),
        ("large.pdf", b"%PDF-1.7\n" + b"a" * 2_000 + b"%%EOF"),
    ],
)
def test_a_file_that_cannot_be_taken_is_named_and_the_rest_is_kept(
    amina: SignedIn, draft: Application, name: str, content: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check, "MAX_FILE", 1_000)  # a real one would spool to the disk in the test client
    page = open_section(amina, draft, "practical")

    answer = page.submit("do=save", status=422, attachments=(io.BytesIO(content), name), adjustments="Un accès facile.")

    assert name in " ".join(answer.problems)
    assert answer.value("adjustments") == "Un accès facile."
    assert files.attachments_of(draft.id) == []


def test_a_fourth_file_finds_no_room(amina: SignedIn, draft: Application) -> None:
    for number in range(3):
        open_section(amina, draft, "practical").submit("do=save", attachments=(io.BytesIO(PDF), f"{number}.pdf"))

    answer = open_section(amina, draft, "practical").submit(
        "do=save", status=422, attachments=(io.BytesIO(PDF), "four.pdf")
    )

    assert "four.pdf" in answer.problems[0]
    assert len(files.attachments_of(draft.id)) == 3


@pytest.mark.parametrize("endpoint", ["applications_writer.section", "applications_writer.autosave"])
def test_a_foreign_or_guessed_file_does_not_exist(
    app: Flask, amina: SignedIn, bruno: SignedIn, draft: Application, endpoint: str
) -> None:
    bruno.post(endpoint, {"need": "x"}, status=404, key=draft.key, part="purpose")
    amina.post(endpoint, {"need": "x"}, status=404, key="x" * 43, part="purpose")
    amina.post(endpoint, {"need": "x"}, status=404, key=draft.key, part="nothing")


def test_hidden_questions_keep_their_answers(amina: SignedIn, draft: Application) -> None:
    page = open_section(amina, draft, "project")
    page.submit("do=save", legal_form="asbl", enterprise_number="0403.227.515")

    open_section(amina, draft, "project").submit("do=save", legal_form="none")
    shown = open_section(amina, draft, "project").submit("do=save", legal_form="asbl").follow()

    assert shown.status == 200
    assert open_section(amina, draft, "project").value("enterprise_number") == "0403.227.515"


def test_good_answers_leave_no_problem(amina: SignedIn, draft: Application) -> None:
    definition = Definition.read(draft.version.definition)
    for section in definition.sections:
        fields: dict[str, Any] = as_fields(good_answers(section, language="fr", person=amina.person))
        assert open_section(amina, draft, section.key).submit("do=save", **fields).status == 303
    db.session.rollback()

    assert files.open_file(draft).missing() == []


def test_a_button_may_follow_what_the_script_saved_from_the_same_window(amina: SignedIn, draft: Application) -> None:
    page = open_section(amina, draft, "purpose")
    typed = {"revision": page.value("revision"), "window": page.value("window")}
    autosave = {"status": 200, "lang": "fr", "key": draft.key, "part": "purpose"}
    amina.post("applications_writer.autosave", typed | {"need": "À moitié"}, **autosave)

    page.submit("do=later", need="À moitié, puis en entier.")
    amina.post("applications_writer.autosave", typed | {"need": "À moitié"}, **(autosave | {"status": 409}))

    assert open_section(amina, draft, "purpose").value("need") == "À moitié, puis en entier."
