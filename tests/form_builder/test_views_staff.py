"""The form builder: forms made, written side by side, tried, published, compared, taken along as a file."""

import io
import json
import re
from copy import deepcopy

import pytest
from flask import Flask

from app.core.db.base import db
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import Bilingual
from app.form_builder import actions, queries
from app.form_builder import rules as drafts
from app.questionnaires.models import QuestionnaireVersion
from app.questionnaires.queries import definition_of, latest_version
from app.questionnaires.rules.definition import Definition
from tests.builders import a_version
from tests.every_kind import EVERY_KIND
from tests.pages import assert_budget
from tests.people import SignedIn


@pytest.fixture
def version(app: Flask) -> QuestionnaireVersion:
    """A form with every kind of question."""
    made = a_version()
    db.session.commit()
    return made


@pytest.fixture
def key(version: QuestionnaireVersion) -> str:
    """Its name."""
    return version.questionnaire.key


def draft(key: str) -> drafts.Data:
    db.session.rollback()
    return queries.working(key).data


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_pages_open_in_both_languages(els: SignedIn, key: str, lang: str) -> None:
    assert_budget(els.get("form_builder_staff.forms", lang=lang), 4)
    assert_budget(els.get("form_builder_staff.builder", lang=lang, key=key), 6)
    els.get("form_builder_staff.builder", lang=lang, key=key, part="monitoring")
    els.get("form_builder_editor.frame", lang=lang, key=key)
    els.get("form_builder_versions.versions", lang=lang, key=key)
    els.get("form_builder_versions.publish", lang=lang, key=key)
    for section in EVERY_KIND["section"]:
        els.get("form_builder_editor.section", lang=lang, key=key, part=section["key"])
        for language in ("nl", "fr"):
            els.get("form_builder_versions.preview", lang=lang, key=key, part=section["key"], language=language)
    for question in drafts.every_question(draft(key)):
        els.get("form_builder_editor.question", lang=lang, key=key, place=question["key"])
        for field in question.get("fields", []):
            els.get("form_builder_editor.question", lang=lang, key=key, place=f"{question['key']}.{field['key']}")


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_no_flag_is_offered_that_nothing_reads(els: SignedIn, app: Flask, lang: str) -> None:
    """Codes of indicators wait for the room that reads them; a question of conflicts of interest is no flag at all."""
    form = deepcopy(EVERY_KIND) | {"key": "counted"}
    form["section"][1]["question"][0]["indicator"] = "jobs"
    key = a_version(form).questionnaire.key
    db.session.commit()

    for question in drafts.every_question(draft(key)):
        page = els.get("form_builder_editor.question", lang=lang, key=key, place=question["key"])
        controls = {str(tag.get("name", "")) for tag in page.main.select("input, select, textarea")}
        assert {name for name in controls if "indicator" in name or "conflict" in name} == set()
        assert not re.search(r"indicat|conflict|conflit", page.main.get_text().lower())

    els.get("form_builder_editor.question", key=key, place="a_number").submit("Bewaren", maximum="900")
    assert drafts.find(draft(key), "a_number")["indicator"] == "jobs"
    assert not {"indicator", "conflicts"} & drafts.find(draft(key), "a_money").keys()


def test_a_limit_stays_as_it_was_typed(els: SignedIn, key: str) -> None:
    page = els.get("form_builder_editor.question", key=key, place="a_number")
    assert (page.value("minimum"), page.value("maximum")) == ("0", "1000")

    page.submit("Bewaren", minimum="0.125").follow()
    again = els.get("form_builder_editor.question", key=key, place="a_number")
    assert again.value("minimum") == "0.125"
    again.submit("Bewaren").follow()

    assert drafts.find(draft(key), "a_number")["minimum"] == 0.125


def test_a_form_from_the_template_is_the_whole_form_of_the_house(els: SignedIn, content: None) -> None:
    page = els.get("form_builder_staff.forms").submit("Vanuit het standaardsjabloon").follow()

    made = page.path.rsplit("/", 1)[1]
    assert made == "application_1"
    house = drafts.canonical(definition_of(latest_version("application")))
    assert draft(made) | {"key": "application", "title": house["title"]} == house
    assert draft(made)["title"] == {side: f"{words} (2)" for side, words in house["title"].items()}
    assert queries.form(made).title == Bilingual.of(draft(made)["title"])
    assert page.select(".need") == []


def test_a_form_grows_from_nothing_to_a_version_that_a_call_can_ask(els: SignedIn, app: Flask) -> None:
    els.get("form_builder_staff.forms").submit("from=empty").follow()
    key = queries.forms()[0].key
    frame = {
        "title_nl": "Proef",
        "title_fr": "Essai",
        "declaration:new0:text_nl": "Alles klopt.",
        "declaration:new0:text_fr": "Tout est exact.",
        "declaration:new0:required": "y",
        "declaration:new0:version": "1",
    }
    els.get("form_builder_editor.frame", key=key).submit("Bewaren", **frame).follow()
    section = els.get("form_builder_editor.section", key=key, part="s1")
    page = section.submit("Bewaren", title_nl="Woorden", title_fr="Les mots").follow()
    page = page.submit("Vraag toevoegen", form="form:has([name=part])", special="project_name").follow()
    page.submit("Bewaren", label_nl="Naam", label_fr="Nom", required="y", limit="80")
    page = els.get("form_builder_staff.builder", key=key)
    page = page.submit("Vraag toevoegen", form="form:has([name=part])").follow()
    page = page.submit("Bewaren", label_nl="Waarom?", label_fr="Pourquoi ?", kind="one_choice").follow()
    labels = {"0:label_nl": "Daarom", "0:label_fr": "Parce que", "1:label_nl": "Zomaar", "1:label_fr": "Comme ça"}
    page.submit("Bewaren", **{f"choice:new{name}": label for name, label in labels.items()})

    done = els.get("form_builder_versions.publish", key=key).submit("Versie 1 publiceren").follow()

    version = latest_version(key)
    definition = definition_of(version)
    assert definition.title.fr == "Essai"
    assert [one.key for one in definition.questions] == ["project_name", "q1"]
    assert [one.code for one in definition.question("q1").choices] == ["c1", "c2"]
    assert [(one.key, one.required) for one in definition.declarations] == [("d1", True)]
    assert version.digest[:12] in done.text
    assert not queries.working(key).has_draft


def test_what_is_wrong_is_said_where_it_is_mended_and_keeps_publishing_shut(els: SignedIn, key: str) -> None:
    page = els.get("form_builder_editor.question", key=key, place="project_name")
    page.submit("Bewaren", label_fr="")

    page = els.get("form_builder_staff.builder", key=key)
    link = page.soup.select_one(".warn a")
    assert link["href"].startswith(els.address("form_builder_editor.question", key=key, place="project_name"))
    label = drafts.find(draft(key), "project_name")["label"]["nl"]
    for lang, sentence in (
        ("nl", f"‘{label}’ heeft geen tekst in deze taal: français"),
        ("fr", f"« {label} » n’a pas de texte dans cette langue : français"),
    ):
        here = els.get("form_builder_staff.builder", key=key, lang=lang)
        assert [" ".join(words.split()) for words in here.select(".warn li")] == [sentence]
        shut = els.get("form_builder_versions.publish", key=key, lang=lang)
        assert shut.select(".warn li") == here.select(".warn li") != []
        assert shut.select("main form") == []
    refused = els.post(
        "form_builder_versions.publish", {"revision": str(queries.working(key).revision)}, key=key
    ).follow()
    assert refused.select(".warn li") == page.select(".warn li")
    assert latest_version(key).number == 1


def test_a_side_that_was_left_behind_is_flagged_until_somebody_looks(els: SignedIn, key: str) -> None:
    page = els.get("form_builder_editor.question", key=key, place="project_name")
    page = page.submit("Bewaren", label_nl="Hoe heet het?").follow()

    assert list(stale_translations.marks(actions.about(queries.form(key)))) == ["project_name:label"]
    assert len(page.select(".need")) == 1
    assert els.get("form_builder_versions.publish", key=key).select("main form") == []
    els.post("form_builder_versions.publish", {"revision": str(queries.working(key).revision)}, key=key, status=409)
    page.submit("Bewaren", label_same="y")
    els.get("form_builder_versions.publish", key=key).submit("Versie 2 publiceren")
    assert latest_version(key).number == 2
    for asked in ({}, {"to": "2"}, {"from": "1"}, {"from": "x", "to": "9"}):
        assert els.get("form_builder_versions.versions", key=key, **asked).select("#compare") == [
            "Van versie 1 naar versie 2"
        ]


def test_the_name_of_the_form_that_was_left_behind_needs_no_key(els: SignedIn, key: str) -> None:
    els.get("form_builder_editor.frame", key=key).submit("Bewaren", title_nl="Andere naam")

    issues = {
        lang: els.get("form_builder_versions.publish", key=key, lang=lang).select(".warn li") for lang in ("nl", "fr")
    }

    assert issues["nl"][0].startswith("Dit formulier:")
    assert issues["fr"][0].startswith("Ce formulaire")


def test_what_colleagues_write_in_two_questions_is_put_together(els: SignedIn, greta: SignedIn, key: str) -> None:
    mine = els.get("form_builder_editor.question", key=key, place="project_name")
    greta.get("form_builder_editor.question", key=key, place="a_email").submit(
        "Bewaren", help_nl="Waar?", help_fr="Où ?"
    )

    mine.submit("Bewaren", label_nl="Mijn woorden")

    kept = draft(key)
    assert drafts.find(kept, "project_name")["label"]["nl"] == "Mijn woorden"
    assert drafts.find(kept, "a_email")["help"]["nl"] == "Waar?"


def test_a_page_without_marks_of_its_fields_must_be_made_from_this_draft(
    els: SignedIn, greta: SignedIn, key: str
) -> None:
    greta.get("form_builder_editor.question", key=key, place="a_email").submit(
        "Bewaren", help_nl="Waar?", help_fr="Où ?"
    )

    els.post(
        "form_builder_editor.question", {"label_nl": "Mijn", "revision": "0"}, key=key, place="project_name", status=422
    )

    assert drafts.find(draft(key), "project_name")["label"]["nl"] != "Mijn"


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"limit": "veel"}, "limit"), ({"limit": "999999"}, "limit"), ({"label_nl": "x" * 401}, "label_nl")],
)
def test_a_wrong_setting_is_said_and_everything_typed_stays(
    els: SignedIn, key: str, typed: dict[str, str], field: str
) -> None:
    page = els.get("form_builder_editor.question", key=key, place="project_name")

    refused = page.submit("Bewaren", status=422, label_fr="Gardé", **typed)

    assert refused.problems
    assert refused.value("label_fr") == "Gardé"
    assert refused.value(field) == typed[field]


def test_questions_move_are_doubled_and_go_but_not_from_under_another(els: SignedIn, key: str) -> None:
    page = els.get("form_builder_staff.builder", key=key)
    first, second = (tag["data-name"] for tag in page.soup.select("[data-name]")[:2])
    label = draft(key)["sections"][0]["questions"][1]["label"]["nl"]

    page = page.submit(form=f"#q-{second} form").follow()
    assert [tag["data-name"] for tag in page.soup.select("[data-name]")[:2]] == [second, first]
    double = els.get("form_builder_editor.question", key=key, place=second).submit("Dupliceren").follow()
    assert double.h1 == label
    double.submit("Deze vraag verwijderen")
    assert drafts.keys_of(draft(key)) == drafts.keys_of(drafts.canonical(Definition.read(EVERY_KIND)))

    needed = next(one for one in drafts.every_question(draft(key)) if drafts.dependents(draft(key), {one["key"]}))
    kept = els.get("form_builder_editor.question", key=key, place=needed["key"]).submit("Deze vraag verwijderen")
    assert "hangen ervan af" in kept.follow().text
    assert drafts.find(draft(key), needed["key"]) == needed


def test_a_form_goes_out_as_a_file_and_comes_back_the_same(els: SignedIn, key: str) -> None:
    sent = els.get("form_builder_versions.export", key=key)
    page = els.get("form_builder_staff.forms")

    page.submit("Dit formulier inlezen", file=(io.BytesIO(sent.data), "form.json"))

    made = [one.key for one in queries.forms() if one.key != key]
    again = draft(made[0])
    assert again | {"key": key, "title": draft(key)["title"]} == draft(key)
    assert again["title"] == {side: f"{words} (2)" for side, words in draft(key)["title"].items()}
    assert json.loads(els.get("form_builder_versions.export", key=key, nr=1).data) == draft(key)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[" * 100_000,
        b'{"key": 1}',
        b'{"key": "x", "sections": [{}]}',
        b"\xff\xfe",
        b'{"key": NaN}',
        b"x" * 400_001,
    ],
    ids=["empty", "cut", "deep", "number", "half", "binary", "nan", "huge"],
)
def test_a_file_that_is_no_form_is_refused_with_reasons(els: SignedIn, app: Flask, content: bytes) -> None:
    page = els.get("form_builder_staff.forms")

    refused = page.submit("Dit formulier inlezen", file=(io.BytesIO(content), "form.json"), status=422)

    assert refused.select(".error-summary li")
    assert queries.forms() == []


def test_the_preview_speaks_the_other_language_and_keeps_nothing(els: SignedIn, key: str) -> None:
    page = els.get("form_builder_versions.preview", key=key, language="fr")
    part = page.soup.select_one("section.phone")

    assert part["lang"] == "fr"
    assert EVERY_KIND["section"][0]["title"]["fr"] in page.text
    tried = page.submit("Deze antwoorden proberen", status=200, project_name="De Buurtkeuken")
    assert tried.value("project_name") == "De Buurtkeuken"


def test_a_draft_is_thrown_away_and_an_old_version_is_taken_up_again(els: SignedIn, key: str) -> None:
    page = els.get("form_builder_editor.question", key=key, place="project_name")
    page.submit("Bewaren", limit="70")
    els.get("form_builder_versions.publish", key=key).submit("Versie 2 publiceren")

    page = els.get("form_builder_versions.versions", key=key).submit("Er een concept van maken , versie 1").follow()

    assert drafts.find(draft(key), "project_name")["limit"] == 80
    page.submit("Dit concept verwijderen")
    assert drafts.find(draft(key), "project_name")["limit"] == 70
    assert latest_version(key).number == 2


def test_a_text_in_plain_language_is_written_in_both_languages_or_in_none(els: SignedIn, key: str) -> None:
    page = els.get("form_builder_editor.question", key=key, place="project_name")
    page = page.submit("Bewaren", simple_nl="Hoe heet het?", example_nl="De Buurtkeuken").follow()
    assert len(els.get("form_builder_staff.builder", key=key).select(".warn li")) == 2
    assert els.get("form_builder_versions.publish", key=key).select("main form") == []

    page = page.submit("Bewaren", simple_fr="Son nom ?", example_fr="La Cuisine").follow()
    els.get("form_builder_versions.publish", key=key).submit("Versie 2 publiceren")

    question = definition_of(latest_version(key)).question("project_name")
    assert (question.simple, question.example) == (
        Bilingual("Hoe heet het?", "Son nom ?"),
        Bilingual("De Buurtkeuken", "La Cuisine"),
    )
    page.submit("Bewaren", simple_nl="", simple_fr="", example_nl="", example_fr="")
    assert not {"simple", "example"} & drafts.find(draft(key), "project_name").keys()


def test_the_preview_shows_the_plain_texts(els: SignedIn, key: str) -> None:
    page = els.get("form_builder_versions.preview", key=key, part="words")
    assert "Schrijf wat je wilt." in page.text

    plain = els.get_path(next(one for one in page.links("main a") if "plain=1" in one))

    assert "Wat wil je doen?" in plain.text
    assert "Voorbeeld: We bakken brood." in plain.text
    assert "Schrijf wat je wilt." not in plain.text
