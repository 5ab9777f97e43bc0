"""The agenda by language and programme, with the places that are left."""

import pytest

from app.core import clock as the_clock
from app.core.db.base import db
from app.events import actions
from app.events.models import Event
from tests.builders import a_programme, an_event, both
from tests.pages import Page, PageClient, assert_budget

AGENDA = "events_public.agenda"


def sign_up(event: Event, how_many: int) -> None:
    for number in range(how_many):
        email = f"nr{number}@example.be"
        actions.sign_up(event, name=f"Nr {number}", email=email, language="nl", at=the_clock.now())
    db.session.commit()


def an_agenda() -> None:
    seeds, peps = a_programme("seeds", title=both("Seeds")), a_programme("peps", title=both("Peps"))
    an_event(both("Een", "Un"), language="nl", programme_id=seeds.id)
    an_event(both("Twee", "Deux"), language="fr", programme_id=seeds.id, in_days=8)
    an_event(both("Drie", "Trois"), language="both", in_days=9)
    an_event(both("Vier", "Quatre"), language="fr", programme_id=peps.id, in_days=10)


def titles(page: Page) -> list[str]:
    return page.select(".agenda h3")


@pytest.mark.parametrize(
    ("asked", "shown", "counted"),
    [
        ({}, ["Een", "Twee", "Drie", "Vier"], "4 activiteiten"),
        ({"language": "nl"}, ["Een", "Drie"], "2 van de 4 activiteiten"),
        ({"programme": "seeds"}, ["Een", "Twee"], "2 van de 4 activiteiten"),
        ({"language": "fr", "programme": "seeds"}, ["Twee"], "1 van de 4 activiteiten"),
        ({"language": "xx", "programme": "SEEDS'--"}, ["Een", "Twee", "Drie", "Vier"], "4 activiteiten"),
        ({"programme": "nooit-gehoord"}, ["Een", "Twee", "Drie", "Vier"], "4 activiteiten"),
    ],
)
def test_every_choice_stands_in_the_address_and_counts_its_results(
    client: PageClient, asked: dict[str, str], shown: list[str], counted: str
) -> None:
    an_agenda()

    page = client.get(AGENDA, **asked)

    assert titles(page) == shown
    assert page.select(".head .quiet") == [counted]
    assert_budget(page, 5)


def test_filters_keep_each_other_and_the_other_language_keeps_both(client: PageClient) -> None:
    an_agenda()

    page = client.get(AGENDA).click("Seeds (2)").click("In het Frans (1)")

    assert titles(page) == ["Twee"]
    assert page.select(".agenda nav [aria-current]") == ["In het Frans (1)", "Seeds (1)"]
    french = client.get_path(page.links('.langs a[hreflang="fr"]')[0])
    assert titles(french) == ["Deux"]
    assert titles(page.click("Alle talen")) == ["Een", "Twee"]


def test_nothing_found_says_so_and_leads_on(client: PageClient) -> None:
    an_agenda()

    page = client.get(AGENDA, language="nl", programme="peps")

    assert titles(page) == []
    assert "Voor deze keuze is er op dit moment niets gepland." in page.text
    assert page.select(".agenda nav [aria-current]") == ["In het Nederlands (0)", "Peps (0)"]
    assert len(titles(page.click("Bekijk alle activiteiten"))) == 4


def test_a_programme_without_plans_is_named_and_can_be_undone(client: PageClient) -> None:
    an_agenda()
    a_programme("blossom", title=both("Blossom"))

    page = client.get(AGENDA, programme="blossom", lang="fr")

    assert "Blossom (0)" in page.select(".agenda nav a")
    assert "Rien n’est prévu pour ce choix pour le moment." in page.text


def test_a_filter_that_changes_nothing_is_not_shown(client: PageClient) -> None:
    programme = a_programme("seeds")
    for _number in range(2):
        an_event(language="both", programme_id=programme.id)

    assert client.get(AGENDA).select(".agenda nav") == []


def test_a_programme_that_is_not_public_stays_unnamed(client: PageClient) -> None:
    hidden = a_programme("geheim", title=both("Geheim"), published_at=None)
    an_event(both("Een", "Un"), programme_id=hidden.id)
    an_event(both("Twee", "Deux"))

    assert "Geheim" not in client.get(AGENDA).text
    assert titles(client.get(AGENDA, programme="geheim")) == ["Een", "Twee"]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_list_page_and_interface_agree_on_the_places(client: PageClient, lang: str) -> None:
    for taken, words in (
        (1, {"nl": "Nog 1 plaats", "fr": "Encore 1 place"}),
        (2, {"nl": "Volzet: er is een wachtlijst", "fr": "Complet\u00a0: il y a une liste d’attente"}),
        (3, {"nl": "Volzet, 1 persoon op de wachtlijst", "fr": "Complet, 1 personne sur la liste d’attente"}),
    ):
        evening = an_event(places=2)
        sign_up(evening, taken)

        listed = client.get(AGENDA, lang=lang).select(".agenda li")[-1]
        page = client.get("events_public.event", slug=evening.slug[lang], lang=lang)
        told = client.get_path(f"/api/v1/events/{evening.key}").json

        assert listed.endswith(words[lang])
        assert words[lang] in page.text
        assert told["places_left"] == max(0, 2 - taken)
        assert told["waiting"] == max(0, taken - 2)
        assert told["registration"] == ("open" if taken < 2 else "waiting_list")


def test_what_has_begun_shows_no_places_anywhere(client: PageClient) -> None:
    evening = an_event(in_days=-1 / 24)

    told = client.get_path(f"/api/v1/events/{evening.key}").json

    assert (told["places_left"], told["waiting"], told["registration"]) == (None, None, "closed")
    assert "Nog" not in client.get(AGENDA).select(".agenda li")[0]
    assert client.get_path("/open-data/events.csv").status == 200
