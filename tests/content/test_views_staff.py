"""The editor: who may write, what is kept, what is refused."""

from typing import Any

import pytest

from app.content import queries
from app.core.audit import audit_trail
from tests.builders import a_page, a_person, both
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn

LIST, EDITOR = "content_staff.pages", "content_staff.page"
GOOD = {
    "title_nl": "Nieuw",
    "title_fr": "Neuf",
    "lead_nl": "Kort",
    "lead_fr": "Bref",
    "body_nl": "## A",
    "body_fr": "## B",
}


@pytest.fixture
def contact(app: Any) -> Any:
    """A page that can be written."""
    return a_page("contact", title=both("Contact", "Nous écrire"))


def test_list_names_each_page_in_both_languages(farid: SignedIn, contact: Any) -> None:
    a_page("about", lead=both("Wie we zijn.", ""), updated_by_id=a_person("Zoë Janssens").id)

    page = farid.get(LIST)

    rows = [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in page.main.select("tbody tr")
    ]
    assert [row[:3] for row in rows] == [
        ["Contact", "Nous écrire", "NL FR"],
        ["Over ons", "À propos", "NL FR ontbreekt"],
    ]
    assert [row[4] for row in rows] == ["startinhoud", "Zoë Janssens"]
    assert farid.get(LIST, lang="fr").links("tbody a")[0] == "/fr/equipe/contenu/contact"


def test_list_without_pages_says_so(farid: SignedIn) -> None:
    assert "Er zijn nog geen pagina’s." in farid.get(LIST).text


def test_both_languages_stand_side_by_side_dutch_first(farid: SignedIn, contact: Any) -> None:
    page = farid.get(EDITOR, key="contact", lang="fr")

    assert page.select(".editor .column h2") == ["NL Nederlands", "FR Français"]
    assert (page.value("title_nl"), page.value("title_fr")) == ("Contact", "Nous écrire")
    assert {"/nl/contact", "/fr/contact"} <= set(page.links(".desk-head a"))


def test_saved_words_are_public_at_once_and_traced(farid: SignedIn, client: PageClient, contact: Any) -> None:
    page = farid.get(EDITOR, key="contact").submit("Bewaar en publiceer", **GOOD).follow()

    assert "De pagina is bewaard, in beide talen." in page.text
    assert farid.person.name in page.text
    assert client.get("contact_public.contact").h1 == "Nieuw"
    assert client.get("contact_public.contact", lang="fr").h1 == "Neuf"
    assert [line.action for line in audit_trail.history(f"page:{contact.id}")] == ["page.rewritten"]


@pytest.mark.parametrize(
    ("field", "dutch", "french"),
    [
        ("title_fr", "Titel: schrijf dit ook in het Frans", "Titre : écrivez-le aussi en français"),
        ("lead_nl", "Inleiding: schrijf dit ook in het Nederlands", "Introduction : écrivez-le aussi en néerlandais"),
        (
            "body_fr",
            "Tekst (Markdown): schrijf dit ook in het Frans",
            "Texte (Markdown) : écrivez-le aussi en français",
        ),
    ],
)
def test_half_a_page_is_refused_and_nothing_typed_is_lost(
    farid: SignedIn, contact: Any, field: str, dutch: str, french: str
) -> None:
    typed = GOOD | {field: "  "}

    page = farid.get(EDITOR, key="contact").submit("Bewaar en publiceer", status=422, **typed)
    in_french = farid.get(EDITOR, key="contact", lang="fr").submit("Enregistrer et publier", status=422, **typed)

    assert (page.problems, in_french.problems) == ([dutch], [french.replace(" :", "\u00a0:")])
    assert page.links("main [role=alert] a") == [f"#{field}"]
    assert page.title.startswith("Fout: ")
    assert {name: page.value(name) for name in GOOD if name != field} == {n: v for n, v in GOOD.items() if n != field}
    assert queries.page("contact").title == both("Contact", "Nous écrire")  # type: ignore[union-attr]


def test_both_sides_may_be_empty_but_not_the_title(farid: SignedIn, contact: Any) -> None:
    editor = farid.get(EDITOR, key="contact")

    editor.submit("Bewaar en publiceer", **(GOOD | {"body_nl": "", "body_fr": ""}))
    page = farid.get(EDITOR, key="contact").submit(
        "Bewaar en publiceer", status=422, **(GOOD | {"title_nl": "", "title_fr": ""})
    )

    assert len(page.problems) == 2


def test_too_long_a_text_is_kept_and_marked(farid: SignedIn, contact: Any) -> None:
    long = "é" * 161

    page = farid.get(EDITOR, key="contact").submit("Bewaar en publiceer", status=422, **(GOOD | {"title_nl": long}))

    assert page.problems == ["‘Titel’: Maak deze tekst korter: je gebruikt 161 tekens, het maximum is 160"]
    assert page.value("title_nl") == long


def test_note_at_the_foot_asks_only_what_is_shown(farid: SignedIn, client: PageClient, contact: Any) -> None:
    a_page("demo_note", lead=both("Voorbeeld.", "Exemple."), body=both("blijft", "reste"))
    editor = farid.get(EDITOR, key="demo_note")

    assert editor.value("body_nl") is None
    editor.submit("Bewaar en publiceer", lead_nl="Nog een voorbeeld.", lead_fr="Encore un exemple.")

    assert "Nog een voorbeeld." in client.get("contact_public.contact").text
    assert queries.page("demo_note").body == both("blijft", "reste")  # type: ignore[union-attr]


def test_saving_twice_leaves_one_trace(farid: SignedIn, contact: Any) -> None:
    editor = farid.get(EDITOR, key="contact")

    editor.submit("Bewaar en publiceer", **GOOD)
    editor.submit("Bewaar en publiceer", **GOOD)

    assert len(audit_trail.history(f"page:{contact.id}")) == 1


def test_unknown_page_is_a_404(farid: SignedIn, contact: Any) -> None:
    farid.get(EDITOR, key="bestaat-niet", status=404)


def test_visitors_are_sent_to_the_door(client: PageClient, contact: Any) -> None:
    assert client.get(EDITOR, key="contact", status=302).location.startswith("/nl/team/aanmelden?next=")
    client.post(EDITOR, GOOD, key="contact", status=401)
    assert queries.page("contact").title == both("Contact", "Nous écrire")  # type: ignore[union-attr]


@pytest.mark.parametrize("who", ["amina", "chloe"])
def test_who_does_not_write_pages_stays_outside(request: pytest.FixtureRequest, contact: Any, who: str) -> None:
    person = request.getfixturevalue(who)

    person.get(LIST, status=403)
    person.post(EDITOR, GOOD, key="contact", status=403)
    assert queries.page("contact").title == both("Contact", "Nous écrire")  # type: ignore[union-attr]


def test_list_takes_the_same_statements_for_one_and_for_many_pages(farid: SignedIn, contact: Any) -> None:
    for count in (1, 3, 30):
        for number in range(count):
            a_page(f"page-{count}-{number}", updated_by_id=a_person().id)
        assert_budget(farid.get(LIST), 6)
    assert_budget(farid.get(EDITOR, key="contact"), 6)
