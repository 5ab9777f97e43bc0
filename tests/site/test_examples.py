"""Every example date and figure is marked where it stands, in both languages, and no real one is."""

import pytest
from flask import Flask

from app.core.db.base import db
from app.core.i18n.formats import timestamp
from app.core.i18n.language import speaking
from app.site.views import pictures
from tests.builders import a_call, a_programme, a_step, an_event
from tests.conftest import Clock
from tests.pages import PageClient

WORD = {"nl": "voorbeeld", "fr": "exemple"}
LANGUAGES = pytest.mark.parametrize("lang", ["nl", "fr"])


def marks(page: object) -> list[str]:
    return [tag.get_text() for tag in page.soup.select(".sample")]  # type: ignore[attr-defined]


@pytest.mark.usefixtures("content")
@LANGUAGES
def test_the_starting_content_marks_each_date_where_it_stands(client: PageClient, lang: str) -> None:
    home = client.get("site_public.home", lang=lang)
    programmes = client.get("programmes_public.programmes", lang=lang)
    seeds = client.get("programmes_public.programme", lang=lang, slug="seeds")
    agenda = client.get("events_public.agenda", lang=lang)
    start = client.get("applications_public.start", lang=lang, slug="seeds")

    for page, selector in (
        (home, ".rows li:has(time)"),
        (agenda, ".rows li:has(time)"),
        (seeds, ".agenda .rows li"),
        (programmes, ".path .badge:not(.rolling)"),
        (seeds, "#course"),
        (programmes, "#cmp"),
        (seeds, ".panel .headline"),
    ):
        places = page.soup.select(selector)
        assert places, f"{page.path}: {selector}"
        assert [place for place in places if not place.select(".sample")] == [], f"{page.path}: {selector}"
    for page in (home, programmes, seeds, agenda, start):
        assert set(marks(page)) == {WORD[lang]}, page.path


@LANGUAGES
def test_a_real_call_and_a_real_event_carry_no_mark(client: PageClient, lang: str) -> None:
    call = a_call()
    a_step(call)
    an_event(programme_id=call.programme_id)

    for page in (
        client.get("site_public.home", lang=lang),
        client.get("programmes_public.programmes", lang=lang),
        client.get("programmes_public.programme", lang=lang, slug=call.programme.slug[lang]),
        client.get("events_public.agenda", lang=lang),
    ):
        assert marks(page) == [], page.path


@LANGUAGES
def test_an_example_event_says_so_on_its_page_in_calendars_and_pictures(
    app: Flask, client: PageClient, clock: Clock, lang: str
) -> None:
    evening = an_event(is_example=True)
    slug = evening.slug[lang]

    page = client.get("events_public.event", lang=lang, slug=slug)
    sign_up = client.get("events_public.sign_up", lang=lang, slug=slug)
    files = [
        client.send("GET", client.address("events_public.calendar_file", lang=lang, slug=slug)),
        client.send("GET", client.address("events_public.calendar", lang=lang)),
    ]

    assert marks(page) == marks(sign_up) == [WORD[lang]]
    assert '"Event"' not in page.data.decode()  # search engines get no example date
    for file in files:
        assert f"({WORD[lang]})" in file.data.decode()
    with app.test_request_context(f"/{lang}/"), speaking(lang):
        subject = pictures._event(slug)
        assert subject is not None
        assert subject.note == f"{timestamp(evening.starts_at)} ({WORD[lang]})"


@LANGUAGES
def test_an_example_call_says_so_in_calendar_feed_and_interface(client: PageClient, lang: str) -> None:
    call = a_call(a_programme("blossom", is_example=True))
    an_event(is_example=True)
    db.session.commit()

    calendar = client.send("GET", client.address("programmes_public.deadline", lang=lang, slug=f"blossom-{lang}"))
    feed = client.send("GET", client.address("programmes_public.calls_feed", lang=lang))

    assert f"({WORD[lang]})" in calendar.data.decode().replace("\r\n ", "")
    assert f"{call.title[lang]} ({WORD[lang]})" in feed.data.decode()
    for name in ("calls", "events"):
        rows = client.send("GET", f"/api/v1/{name}").json
        listed = rows[name] if name in rows else next(value for value in rows.values() if isinstance(value, list))
        assert [one["is_example"] for one in listed] == [True]
