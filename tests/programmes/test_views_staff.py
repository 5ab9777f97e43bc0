"""The team makes, writes, previews and publishes calls; nothing goes public half."""

from datetime import date, timedelta

import pytest
from flask import Flask

from app.core import clock as the_clock
from app.core.db.base import db
from app.core.i18n import stale_translations
from app.core.i18n.bilingual import Bilingual
from app.programmes.actions import calls
from app.programmes.models import Call
from app.programmes.queries import team
from tests.builders import a_call, a_criterion, a_programme, a_step, a_version, both
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import SignedIn

LISTS = ["steps", "criteria", "eligibility"]


@pytest.fixture
def call(app: Flask) -> Call:
    """A public call with a plan, and criteria that weigh a hundred."""
    made = a_call()
    a_step(made)
    a_criterion(made, weight=100)
    return made


def newest() -> Call:
    return max((one for programme in team.programmes_and_calls() for one in programme.calls), key=lambda one: one.id)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_pages_open_in_both_languages(els: SignedIn, call: Call, lang: str) -> None:
    els.get("programmes_staff.calls", lang=lang)
    els.get("programmes_staff.new_programme", lang=lang)
    els.get("programmes_staff.programme", lang=lang, key=call.programme.key)
    els.get("programmes_staff.call", lang=lang, key=call.key)
    els.get("programmes_preview.preview", lang=lang, key=call.key)
    els.get("programmes_rows.late", lang=lang, key=call.key)
    for name in LISTS:
        els.get(f"programmes_rows.{name}", lang=lang, key=call.key)


def filled_in(clock: Clock) -> dict[str, str]:
    """The fields of a call of twelve places, open for thirty days from today."""
    return {
        "title_nl": "Seeds lente",
        "title_fr": "Seeds printemps",
        "fee_nl": "gratis",
        "fee_fr": "gratuit",
        "places": "12",
        "opens_on": str(the_clock.day_of(clock())),
        "opens_hour": "0:01",
        "closes_on": str(the_clock.day_of(clock() + timedelta(days=30))),
        "closes_hour": "12.00",
    }


def test_a_call_is_made_written_and_published(els: SignedIn, client: PageClient, clock: Clock) -> None:
    programme = a_programme()
    a_version()
    page = els.get("programmes_staff.calls")

    draft = page.submit(form=f"form[action$='{programme.key}/nieuwe-oproep']").follow()
    made = newest()
    assert made.published_at is None
    client.get("programmes_check.conditions", status=404, slug=programme.slug.nl)

    kept = draft.submit("Bewaar de oproep", **filled_in(clock)).follow()
    assert kept.select("#gate li") == ["Het selectieplan heeft nog geen stap", "De oproep heeft nog geen criterium"]

    steps = els.get("programmes_rows.steps", key=made.key)
    steps.submit(
        **{
            "step:new0:title_nl": "Jury",
            "step:new0:title_fr": "Jury",
            "step:new0:reaches": "jury",
            "step:new0:on": str(the_clock.day_of(clock() + timedelta(days=40))),
        },
    )
    criteria = els.get("programmes_rows.criteria", key=made.key)
    words = {f"criterion:new0:score{score}_{side}": f"{score}" for score in range(1, 6) for side in ("nl", "fr")}
    criteria.submit(
        **{"criterion:new0:title_nl": "Doel", "criterion:new0:title_fr": "But", "criterion:new0:weight": "100"}, **words
    )
    ready = els.get("programmes_staff.call", key=made.key)
    assert ready.select("#gate li") == []
    ready.submit("Publiceren")

    db.session.refresh(made)
    assert made.published_at == clock()
    assert "Seeds lente" in client.get("applications_public.start", slug=programme.slug.nl).text


def test_one_changed_side_waits_for_the_other_before_publishing(els: SignedIn, call: Call, clock: Clock) -> None:
    draft = calls.copy_call(call, by=els.person, at=clock())
    db.session.commit()
    els.get("programmes_staff.call", key=draft.key).submit("Bewaar de oproep", title_nl="Heel anders")

    assert stale_translations.marks(calls.about(draft)) == {"title": "fr"}
    page = els.get("programmes_staff.call", key=draft.key)
    assert "title_fr" in str(page.links("#gate a"))
    page.submit("Bewaar de oproep", title_same="y")

    assert stale_translations.marks(calls.about(draft)) == {}


def test_a_public_text_may_not_lose_or_leave_behind_a_side(els: SignedIn, call: Call) -> None:
    page = els.get("programmes_staff.call", key=call.key)

    empty = page.submit("Bewaar de oproep", fee_fr="", status=422)
    behind = page.submit("Bewaar de oproep", title_nl="Heel anders", status=422)

    assert len(empty.problems) == len(behind.problems) == 1
    assert behind.value("title_nl") == "Heel anders"
    db.session.refresh(call)
    assert call.title.nl != "Heel anders"
    behind.submit("Bewaar de oproep", title_same="y")
    db.session.refresh(call)
    assert call.title.nl == "Heel anders"


@pytest.mark.parametrize(
    ("day", "hour", "words"),
    [
        ("2027-03-28", "2:30", "twee keer of helemaal niet"),
        ("2027-10-31", "2:30", "twee keer of helemaal niet"),
        ("2027-05-03", "25:00", "Vul een uur in"),
        ("2027-05-03", "noen", "Vul een uur in"),
        ("", "12:00", "Kies een dag"),
        ("1999-01-01", "12:00", "sluiten nadat hij opengaat"),
    ],
)
def test_dates_that_mean_nothing_are_refused(
    els: SignedIn, call: Call, clock: Clock, day: str, hour: str, words: str
) -> None:
    draft = calls.copy_call(call, by=els.person, at=clock())
    db.session.commit()

    page = els.get("programmes_staff.call", key=draft.key)
    refused = page.submit("Bewaar de oproep", closes_on=day, closes_hour=hour, status=422)

    assert any(words in problem for problem in refused.problems), refused.problems
    assert refused.value("closes_hour") == hour


def test_a_new_edition_is_a_year_later_on_the_same_weekdays(els: SignedIn, call: Call, clock: Clock) -> None:
    els.get("programmes_staff.call", key=call.key).submit("Nieuwe editie op basis hiervan")
    made = newest()

    assert made.id != call.id
    assert made.published_at is None
    assert call.closes_at is not None
    assert made.closes_at is not None
    old, new = the_clock.in_brussels(call.closes_at), the_clock.in_brussels(made.closes_at)
    assert (new.date() - old.date(), new.hour, new.minute) == (timedelta(weeks=52), old.hour, old.minute)
    assert [step.title for step in made.steps] == [step.title for step in call.steps]
    assert [one.weight for one in made.criteria] == [100]


def test_a_new_edition_puts_no_step_on_a_public_holiday(els: SignedIn, call: Call, clock: Clock) -> None:
    """52 weeks after Thursday 12 November 2026 it is Armistice Day; a Saturday that was meant stays one."""
    call.closes_at = the_clock.brussels(date(2026, 11, 12), 12)
    call.steps[0].on = date(2026, 11, 12)
    a_step(call, on=date(2026, 11, 14))
    db.session.refresh(call, ["steps"])

    made = calls.copy_call(call, by=els.person, at=clock())

    assert made.closes_at == the_clock.brussels(date(2027, 11, 12), 12)
    assert [step.on for step in made.steps] == [date(2027, 11, 12), date(2027, 11, 13)]


def test_the_call_warns_of_a_step_on_a_day_on_which_nobody_works(els: SignedIn, call: Call, clock: Clock) -> None:
    call.steps[0].on = date(2027, 11, 11)

    page = els.get("programmes_staff.call", key=call.key)

    assert "valt in een weekend of op een feestdag: donderdag 11 november 2027" in page.text.replace("\xa0", " ")


def test_a_new_call_has_a_name_that_no_other_call_of_the_programme_has(els: SignedIn, call: Call) -> None:
    names = [one.title.nl for one in call.programme.calls]
    for _number in range(2):
        els.post("programmes_staff.new_call", key=call.programme.key, status=303)
        names.append(newest().title.nl)

    assert len(set(names)) == len(names)


@pytest.mark.parametrize(("lang", "words"), [("nl", "Ook open: Zaaien 2027"), ("fr", "Aussi ouvert\xa0: Semer 2027")])
def test_two_calls_of_a_programme_that_are_open_at_once_are_said(
    els: SignedIn, call: Call, clock: Clock, lang: str, words: str
) -> None:
    """The programme page shows only the one that closes first."""
    other = a_call(programme=call.programme, title=both("Zaaien 2027", "Semer 2027"), published_at=clock())
    call.opens_at, call.closes_at = clock() + timedelta(days=2), clock() + timedelta(days=30)
    other.opens_at, other.closes_at = clock() - timedelta(days=2), call.opens_at + timedelta(days=1)
    db.session.flush()

    assert words in els.get("programmes_staff.call", key=call.key, lang=lang).text

    other.closes_at = call.opens_at
    db.session.flush()
    assert words not in els.get("programmes_staff.call", key=call.key, lang=lang).text


def test_a_call_that_is_closed_needs_nobody_at_the_desk(els: SignedIn, call: Call, clock: Clock) -> None:
    words = "op een moment dat niemand bereikbaar is"
    for closes_at, is_said in ((date(2027, 10, 3), True), (date(2026, 5, 3), False)):  # Sundays
        call.opens_at, call.closes_at = clock() - timedelta(days=900), the_clock.brussels(closes_at, 23)
        db.session.flush()

        assert (words in els.get("programmes_staff.call", key=call.key).text) is is_said


def test_a_new_edition_has_its_own_year_in_its_name(els: SignedIn, call: Call, clock: Clock) -> None:
    call.title = Bilingual("Seeds 2027, ronde 2030", "Seeds 2027")

    made = calls.copy_call(call, by=els.person, at=clock())

    assert made.title == Bilingual("Seeds 2028, ronde 2030", "Seeds 2028")


def test_a_line_is_changed_and_removed(els: SignedIn, call: Call) -> None:
    step = call.steps[0]
    page = els.get("programmes_rows.steps", key=call.key)
    half = page.submit(**{f"step:{step.id}:title_fr": ""}, status=422)
    assert len(half.problems) == 1

    page.submit(**{f"step:{step.id}:remove": "y"})

    db.session.expire_all()
    assert call.steps == []


def test_a_late_code_goes_to_one_person_and_can_be_ended(
    els: SignedIn, call: Call, mailbox: Mailbox, clock: Clock
) -> None:
    page = els.get("programmes_rows.late", key=call.key)
    day = str(the_clock.day_of(clock() + timedelta(days=90)))
    refused = page.submit("Ken de code toe en stuur de mail", name="Zoë", email="zoe", status=422)
    assert refused.value("name") == "Zoë"

    given = page.submit(
        "Ken de code toe en stuur de mail",
        name="Zoë",
        email="Zoe@Example.be",
        language="fr",
        closes_on=day,
        closes_hour="12:00",
        reason="ziek",
    ).follow()

    code, letter = team.late_codes(call.id)[0], mailbox.last("late_code")
    written = mailbox.link("late_code").rpartition("code=")[2]
    assert (letter.to_email, letter.language, written[-4:]) == ("zoe@example.be", "fr", code.ending)
    assert "ziek" not in letter.text
    later = els.get("programmes_rows.late", key=call.key)
    assert (written in given.text, written in later.text, f"…{code.ending}" in later.text) == (True, False, True)
    later.submit(f"Beëindig …{code.ending}")
    db.session.refresh(code)
    assert code.ended_at == clock()


def test_a_programme_is_made_and_stays_inside_until_it_is_published(els: SignedIn, client: PageClient) -> None:
    page = els.get("programmes_staff.new_programme")
    kept = page.submit(title_nl="Nest", title_fr="Nid", slug_nl="nest", slug_fr="nid", code="ne").follow()

    client.get_path("/nl/programmas/nest", status=404)
    assert len(kept.select("#gate li")) > 10
    wrong = page.submit(title_nl="Nest", slug_nl="Niet Goed", code="n1", status=422)
    assert len(wrong.problems) == 2
    taken = page.submit(title_nl="Nest", slug_nl="nest", slug_fr="nid", code="ne", status=422)
    assert len(taken.problems) == 1


def test_the_address_of_a_programme_may_change_and_the_old_one_leads_on(els: SignedIn, client: PageClient) -> None:
    programme = a_programme(example_note=both(""))
    old = programme.slug.nl
    els.get("programmes_staff.programme", key=programme.key).submit("Bewaar het programma", slug_nl="zaden")

    assert client.get_path(f"/nl/programmas/{old}", status=301).location == "/nl/programmas/zaden"
    db.session.refresh(programme)
    assert programme.slug == Bilingual("zaden", "seeds-fr")


def test_french_hard_spaces_survive_a_form(els: SignedIn, call: Call) -> None:
    call.title, call.fee = both("Lente", "Vous venez\u202f?"), both("€\u00a0150", "150\u00a0€")
    db.session.commit()

    els.get("programmes_staff.call", key=call.key).submit("Bewaar de oproep", places="14")

    db.session.refresh(call)
    assert (call.places, call.title.fr, call.fee.nl) == (14, "Vous venez\u202f?", "€\u00a0150")


@pytest.mark.parametrize(
    ("lang", "lacking"),
    [
        (
            "nl",
            ["Adres op de site heeft geen tekst in het Frans", "Wat je moet indienen heeft geen tekst in het Frans"],
        ),
        (
            "fr",
            ["Adresse sur le site n’a pas de texte en français", "Ce qu’il faut envoyer n’a pas de texte en français"],
        ),
    ],
)
def test_what_a_programme_lacks_is_said_in_words(els: SignedIn, lang: str, lacking: list[str]) -> None:
    programme = a_programme(published_at=None)
    programme.slug, programme.to_send = Bilingual("wassalon", ""), Bilingual("Je plan", "")
    db.session.commit()

    page = els.get("programmes_staff.programme", lang=lang, key=programme.key)

    assert [words for words in lacking if words not in page.text] == []
    assert "to_send" not in page.text
    assert "slug" not in page.text
