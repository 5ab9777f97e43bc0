"""Each language writes dates, hours, figures and sums in its own way; every page knows its twin."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from app.core import clock as the_clock
from app.core.i18n import formats, language
from app.core.i18n.bilingual import Bilingual
from app.core.i18n.language import speaking
from tests.builders import a_page
from tests.pages import PageClient

pytestmark = pytest.mark.one_database("how each language writes")

FRIDAY = datetime(2026, 4, 17, 10, tzinfo=UTC)
N, H = "\u202f", "\u00a0"  # narrow and full hard space


@pytest.mark.parametrize(
    ("write", "value", "nl", "fr"),
    [
        (formats.day, FRIDAY, f"vrijdag 17{H}april 2026", f"vendredi 17{H}avril 2026"),
        (formats.day, date(2026, 5, 1), f"vrijdag 1{H}mei 2026", f"vendredi 1er{H}mai 2026"),
        (formats.long_date, date(2027, 2, 22), f"22{H}februari 2027", f"22{H}février 2027"),
        (formats.long_date, date(2027, 2, 1), f"1{H}februari 2027", f"1er{H}février 2027"),
        (formats.long_date, date(2027, 12, 11), f"11{H}december 2027", f"11{H}décembre 2027"),
        (formats.long_date, date(2027, 12, 21), f"21{H}december 2027", f"21{H}décembre 2027"),
        (formats.long_date, date(2027, 12, 31), f"31{H}december 2027", f"31{H}décembre 2027"),
        (formats.short_day, date(2026, 3, 1), f"1{H}maart", f"1er{H}mars"),
        (formats.short_day, date(2026, 4, 17), f"17{H}april", f"17{H}avril"),
        (formats.hour, FRIDAY, f"12.00{H}uur", f"12{H}h"),
        (formats.hour, datetime(2026, 1, 5, 8, 5, tzinfo=UTC), f"9.05{H}uur", f"9{H}h{H}05"),
        (formats.moment, FRIDAY, f"vrijdag 17{H}april 2026 om 12.00{H}uur", f"vendredi 17{H}avril 2026 à 12{H}h"),
        (formats.timestamp, FRIDAY, f"vrijdag 17{H}april 2026, 12.00{H}uur", f"vendredi 17{H}avril 2026 à 12{H}h"),
        (formats.number, 3000, "3.000", f"3{N}000"),
        (formats.number, 1234567, "1.234.567", f"1{N}234{N}567"),
        (formats.number, Decimal("4.15"), "4,15", "4,15"),
        (formats.money, 150, f"€{H}150", f"150{H}€"),
        (formats.money, 48500, f"€{H}48.500", f"48{N}500{H}€"),
        (formats.percent, 35, "35%", f"35{N}%"),
        (formats.size, 84_000, f"84{H}kB", f"84{H}ko"),
        (formats.size, 12, f"1{H}kB", f"1{H}ko"),
        (formats.size, 1_200_000, f"1,2{H}MB", f"1,2{H}Mo"),
        (formats.size, 999_999, f"1.000{H}kB", f"1{N}000{H}ko"),
    ],
)
def test_each_language_writes_in_its_own_way(
    app: Flask, write: Callable[[Any], str], value: Any, nl: str, fr: str
) -> None:
    with speaking("nl"):
        dutch = write(value)
    with speaking("fr"):
        french = write(value)

    assert (dutch, french) == (nl, fr)


def test_a_range_of_hours_is_written_as_each_language_does(app: Flask) -> None:
    start, end = datetime(2026, 4, 17, 16, 30, tzinfo=UTC), datetime(2026, 4, 17, 19, tzinfo=UTC)

    with speaking("nl"):
        assert formats.hours(start, end) == f"van 18.30 tot 21.00{H}uur"
    with speaking("fr"):
        assert formats.hours(start, end) == f"de 18{H}h{H}30 à 21{H}h"


@pytest.mark.parametrize(
    ("at", "nl", "iso"),
    [
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), f"1.59{H}uur", "2027-03-28T01:59+01:00"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), f"3.00{H}uur", "2027-03-28T03:00+02:00"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), f"2.30{H}uur", "2027-10-31T02:30+02:00"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), f"2.30{H}uur", "2027-10-31T02:30+01:00"),
    ],
)
def test_both_changes_of_summer_time(app: Flask, at: datetime, nl: str, iso: str) -> None:
    with speaking("nl"):
        assert formats.hour(at) == nl
        assert formats.iso(at) == iso


def test_noon_in_brussels_is_noon_in_summer_and_in_winter() -> None:
    assert the_clock.brussels(date(2027, 1, 15), 12) == datetime(2027, 1, 15, 11, tzinfo=UTC)
    assert the_clock.brussels(date(2027, 7, 15), 12) == datetime(2027, 7, 15, 10, tzinfo=UTC)
    assert the_clock.brussels(date(2027, 3, 28), 12) == datetime(2027, 3, 28, 10, tzinfo=UTC)
    assert the_clock.brussels(date(2027, 10, 31), 12) == datetime(2027, 10, 31, 11, tzinfo=UTC)


def test_the_day_is_the_one_in_brussels() -> None:
    just_before_midnight = datetime(2027, 6, 30, 21, 59, tzinfo=UTC)

    assert the_clock.day_of(just_before_midnight) == date(2027, 6, 30)
    assert the_clock.day_of(just_before_midnight.replace(hour=22)) == date(2027, 7, 1)


def test_a_day_far_away_is_written_too(app: Flask) -> None:
    with speaking("fr"):
        assert formats.day(date(2028, 2, 29)) == f"mardi 29{H}février 2028"
        assert formats.day(date(2038, 1, 19)) == f"mardi 19{H}janvier 2038"


def test_speaking_ends_where_it_began(app: Flask) -> None:
    with speaking("fr"):
        with speaking("nl"):
            assert language.locale() == "nl"
        assert language.locale() == "fr"


def test_one_value_holds_both_languages() -> None:
    text = Bilingual("dag", "jour")

    assert (text["nl"], text["fr"], text.missing()) == ("dag", "jour", [])
    assert Bilingual("dag", " ").missing() == ["fr"]
    assert Bilingual.of({"nl": " a ", "fr": "b"}) == Bilingual("a", "b")
    assert Bilingual.of("Els") == Bilingual("Els", "Els")


@pytest.mark.parametrize(
    ("wish", "where"),
    [
        ("fr", "/fr/"),
        ("fr-BE,fr;q=0.9,nl;q=0.8", "/fr/"),
        ("nl-BE", "/nl/"),
        ("en-GB,en;q=0.9", "/nl/"),
        ("en;q=0.9,fr;q=0.8", "/fr/"),
        ("", "/nl/"),
        ("*", "/nl/"),
        ("xx;q=abc,,;", "/nl/"),
    ],
)
def test_the_root_leads_to_the_language_that_the_browser_wishes(client: PageClient, wish: str, where: str) -> None:
    page = client.get_path("/", status=302, headers={"Accept-Language": wish})

    assert page.location == where
    assert "Accept-Language" in page.headers["Vary"]


def test_the_root_remembers_the_language_of_the_person(client: PageClient) -> None:
    client.put_in_session(language="fr")

    assert client.get_path("/", status=302, headers={"Accept-Language": "nl"}).location == "/fr/"


def test_an_address_of_the_other_language_is_a_404(client: PageClient) -> None:
    assert client.get_path("/nl/aanmelden").lang == "nl"
    assert client.get_path("/fr/aanmelden", status=404).lang == "fr"
    assert client.get_path("/nl/connexion", status=404).lang == "nl"
    assert client.get_path("/en/", status=404).lang == "nl"


def test_the_language_switch_keeps_the_question(client: PageClient) -> None:
    page = client.get_path("/nl/aanmelden?next=/nl/mijn-dossier")

    assert "/fr/connexion?next=/nl/mijn-dossier" in page.links("a[hreflang]")


@pytest.mark.parametrize("name", ["lang", "code", "endpoint", "_scheme", "_external", "_anchor", "_method", "slug"])
def test_nothing_in_a_query_gives_orders_to_the_language_switch(client: PageClient, name: str) -> None:
    a_page("contact")

    page = client.get_path(f"/nl/contact?{name}=x&{name}=%ED%A0%80")

    assert any(link.startswith(f"/fr/contact?{name}=x&{name}=") for link in page.links('a[hreflang="fr"]'))
