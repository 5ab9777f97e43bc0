"""From the finder through the check to the start: each thing is asked once, and nothing is kept on the way."""

import pytest

from app.applications.models import Application
from app.applications.queries import files
from app.core.db.base import db
from tests.letters import Mailbox
from tests.pages import Page, PageClient

FINDER, CHECK, START = "programmes_public.finder", "programmes_check.conditions", "applications_public.start"
SAID = {"stage": "start", "team": "two", "place": "brussels", "aim": "purpose"}
REST = {"q3": "yes", "q6": "yes"}


def checked(client: PageClient, lang: str = "nl", **given: str) -> Page:
    return client.get(CHECK, lang=lang, slug="seeds", **given)


def asked(page: Page) -> list[str]:
    """The names of the questions on the page, in order."""
    return list(dict.fromkeys(str(tag["name"]) for tag in page.main.select("input[type=radio], select")))


def test_the_check_asks_only_what_the_finder_left_open(client: PageClient, content: None) -> None:
    way = client.get(FINDER, **SAID).links(".panel a.button")[0]
    page = client.get_path(way)

    assert asked(page) == ["q3", "q6", "municipality"]
    assert "Nog 2 vragen." in page.text
    shown = [tag.get_text(" ", strip=True) for tag in page.main.select(".verdict div")]
    assert [text.split()[0] for text in shown] == ["Brussel", "Doel", "Ploeg", "Fase"]
    assert all("Wijzig" in text for text in shown)
    assert "Set-Cookie" not in page.headers


def test_without_the_finder_it_asks_everything(client: PageClient, content: None) -> None:
    page = checked(client)

    assert asked(page) == ["place", "aim", "q3", "team", "stage", "q6", "municipality"]
    assert page.main.select(".verdict") == []
    assert checked(client, place="other").main.select("select") == []


def test_an_answer_can_be_changed_and_the_others_stay(client: PageClient, content: None) -> None:
    page = checked(client, **SAID)
    again = client.get_path(page.links(".verdict a")[3])

    assert asked(again) == ["q3", "stage", "q6", "municipality"]
    assert again.main.select_one("input[checked]")["value"] == "start"  # type: ignore[index]
    result = again.submit(status=200, stage="grown", municipality="21015", **REST)
    assert len(result.main.select(".verdict .failed")) == 1
    changed = client.get_path(result.links(".verdict a")[-1])
    assert asked(changed) == ["municipality"]
    assert changed.value("municipality") == "21015"
    assert changed.submit(status=200, municipality="21004").links(".actions a.button")[0].count("21004") == 1


@pytest.mark.parametrize(
    ("lang", "fits", "begin"),
    [
        ("nl", "Deze oproep past bij jou", "Mijn kandidatuur beginnen"),
        ("fr", "Cet appel vous convient", "Commencer ma candidature"),
    ],
)
def test_the_result_stands_first_has_the_focus_and_leads_on_with_the_answers(
    client: PageClient, content: None, lang: str, fits: str, begin: str
) -> None:
    page = checked(client, lang, **SAID)
    assert page.main.select_one("form")["action"].endswith("#result")  # type: ignore[index,union-attr]
    result = page.submit(status=200, municipality="21015", **REST)

    assert result.h1 == fits
    assert result.main.select_one("h1#result")["tabindex"] == "-1"  # type: ignore[index]
    assert result.main.select(".actions a.button ~ *, dl")[-1].name == "dl"
    button = result.main.select_one("h1 ~ .actions a.button")
    assert button is not None
    assert button.get_text() == begin
    assert "q3" not in str(button["href"])
    assert "Set-Cookie" not in result.headers
    other = client.get_path(result.links(".langs a")[0])
    assert (other.status, other.lang != lang, other.main.select("form")) == (200, True, [])


def test_another_programme_is_proposed_with_the_answers(client: PageClient, content: None) -> None:
    result = checked(client, **{**SAID, "stage": "grown"}, **REST)

    assert [link for link in result.links("section a") if "stage=grown" in link] == [
        "/nl/kandidatuur/blossom/voorwaarden?stage=grown&team=two&place=brussels&aim=purpose"
    ]


def test_the_start_shows_what_was_said_and_the_form_has_it_once_somebody_starts(
    client: PageClient, content: None, mailbox: Mailbox
) -> None:
    way = checked(client, "fr", **SAID, **REST, municipality="21015").links(".actions a.button")[0]
    page = client.get_path(way)

    assert "Vous avez déjà répondu" in page.text
    assert [page.value(f"form-{key}") for key in ("team", "stage", "municipalities")] == ["2", "test", "21015"]
    assert db.session.query(Application).count() == 0
    refused = page.submit(name="Amina Haddad", email="", **{"form-stage": "started"}, status=422)
    assert refused.value("form-stage") == "started"
    turned = refused.submit("Verder in het Nederlands, met wat ik typte", status=200)
    assert (turned.lang, turned.value("form-stage")) == ("nl", "started")
    tasks = turned.submit(email="amina.new@example.be").follow()
    assert tasks.select(".note[role=status]") == [
        "Je kandidatuur is begonnen. We mailen de link om later verder te gaan naar amina.new@example.be."
    ]
    again = client.get_path(tasks.links(".langs a")[0])
    assert "Réponses\u00a0: 1 sur 8" in again.select(".tasks .small")

    file = files.open_file(db.session.query(Application).one())
    assert file.answers == {
        "team": [{"name": "Amina Haddad"}, {}],
        "stage": "started",
        "municipalities": ["21015"],
    }
    first = client.get("applications_writer.section", lang="nl", key=file.application.key, part="team")
    assert first.value("contact_email") == "amina.new@example.be"
    assert first.value("team-0-name") == "Amina Haddad"
    assert first.main.select("#team-1-name")


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_who_does_not_fit_finds_the_way_to_another_house(client: PageClient, content: None, lang: str) -> None:
    said = {"stage": "start", "team": "one", "place": "other", "aim": "profit"}
    result = checked(client, lang, **said, **REST)

    assert [link for link in result.links(".failed a") if link.startswith("https")] == [
        "https://febecoop.be",
        f"https://1819.brussels/{lang}",
        "https://jobyourself.be",
    ]


def test_a_language_to_choose_begins_with_a_capital(client: PageClient, content: None) -> None:
    page = client.get(START, lang="fr", slug="seeds")

    assert page.select("label[for^=language-]") == ["Nederlands", "Français"]


def test_the_check_advises_and_can_be_left_out(client: PageClient, content: None) -> None:
    page = checked(client, "fr", **SAID)

    assert page.links("form ~ p a")[0] == ("/fr/candidature/seeds?stage=start&team=two&place=brussels&aim=purpose")
    later = client.get(CHECK, slug="blossom", lang="nl").links("form ~ p a")  # it opens later
    assert later == ["/nl/programmas/blossom/vooraf"]


def test_what_is_left_open_or_made_up_is_not_stored(client: PageClient, content: None, mailbox: Mailbox) -> None:
    page = client.get(START, slug="seeds", **SAID)
    page.submit(name="Bo", email="bo@example.be", **{"form-stage": "", "form-team": "1"})
    made_up = {"name": "Jo", "email": "jo@example.be", "language": "nl", "form-stage": "x", "form-team": "99"}
    client.post(START, made_up, slug="seeds")

    found = [files.open_file(one).answers for one in db.session.query(Application).order_by(Application.id)]
    assert found == [{"team": [{"name": "Bo"}]}, {}]


def test_the_start_without_a_check_is_as_short_as_before(client: PageClient, content: None) -> None:
    assert asked(client.get(START, slug="seeds")) == ["language"]
    assert asked(client.get(START, slug="inspire", **SAID)) == ["language"]


def test_the_address_of_applying_leads_to_the_open_calls(client: PageClient, content: None) -> None:
    for lang, path, door in (("nl", "/nl/kandidatuur", "kandidatuur"), ("fr", "/fr/candidature", "candidature")):
        page = client.get_path(path)
        assert page.links(".panel a.button") == [
            f"/{lang}/{door}/seeds/{'voorwaarden' if lang == 'nl' else 'conditions'}",
            f"/{lang}/{door}/inspire/{'voorwaarden' if lang == 'nl' else 'conditions'}",
        ]
        assert "Blossom" in page.text


def test_who_comes_to_a_closed_call_is_led_to_the_open_ones(client: PageClient, content: None) -> None:
    assert "/nl/kandidatuur" in client.get(START, slug="peps").links("main .actions a")
    complete = {"team": "two", "place": "brussels", "aim": "purpose", "stage": "young", "q3": "yes", "q6": "yes"}
    assert "/nl/kandidatuur" in client.get(CHECK, slug="peps", **complete).links("main .actions a")


def test_it_says_so_when_no_call_is_open(client: PageClient) -> None:
    page = client.get_path("/fr/candidature")

    assert "Aucun appel n’est ouvert" in page.text
