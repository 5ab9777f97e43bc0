"""The pages of a subscriber: ask, confirm, change, stop; and what a mail program does."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.core import clock as the_clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.http.limits import limiter
from app.privacy.actions import rights
from app.subscriptions import jobs, queries
from app.subscriptions.models import Subscription, SubscriptionRequest
from tests.builders import a_call, a_programme, both
from tests.conftest import Clock
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn
from tests.subscriptions.scenes import ZOE, a_request, a_subscription, key_in

SUBSCRIBE, CONFIRM, MANAGE, STOP, STOPPED = (
    f"subscriptions_public.{name}" for name in ("subscribe", "confirm", "manage", "stop", "stopped")
)
PROGRAMME = "programmes_public.programme"
ASK = {"nl": "Mijn abonnement aanvragen", "fr": "Demander mon abonnement"}


def how_many() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Subscription)) or 0


@pytest.mark.parametrize(
    ("lang", "link", "confirm", "heading", "save"),
    [
        (
            "nl",
            "Krijg een mail als de oproep opengaat",
            "Mijn abonnement bevestigen",
            "Mijn abonnement",
            "Mijn keuze bewaren",
        ),
        (
            "fr",
            "Recevoir un e-mail à l’ouverture",
            "Confirmer mon abonnement",
            "Mon abonnement",
            "Enregistrer mon choix",
        ),
    ],
)
def test_from_the_page_of_a_programme_to_a_subscription(
    client: PageClient, mailbox: Mailbox, lang: str, link: str, confirm: str, heading: str, save: str
) -> None:
    a_programme("other")
    programme = a_programme("seeds", title=both("Zaad", "Graines"))
    a_call(programme, open=False)

    form = client.get(PROGRAMME, lang=lang, slug=programme.slug[lang]).click(link)
    assert [one["value"] for one in form.soup.select("input[name=calls][checked]")] == ["calls:seeds"]
    page = form.submit(ASK[lang], email="Zoe@Example.be").follow()
    assert ZOE in page.text
    assert how_many() == 0

    page = PageClient(client.app).get_path(mailbox.link("subscription_confirm")).submit(confirm).follow()

    assert page.h1 == heading
    found = queries.subscription_with(ZOE)
    assert found
    assert (found.topic_names, found.language) == ({"calls:seeds"}, lang)
    page = page.submit(save, calls=["calls:other"], newsletter="y", language="fr").follow()
    assert queries.subscription_with(ZOE).topic_names == {"calls:other", "newsletter"}  # type: ignore[union-attr]
    assert queries.subscription_with(ZOE).language == "fr"  # type: ignore[union-attr]


def test_a_programme_with_an_open_call_invites_to_apply_instead(client: PageClient) -> None:
    call = a_call()

    page = client.get(PROGRAMME, slug=call.programme.slug.nl)

    assert "Krijg een mail" not in page.text


@pytest.mark.parametrize("opens", [None, 5])
def test_a_page_without_an_open_call_offers_an_email_and_sets_no_cookie(
    client: PageClient, clock: Clock, opens: int | None
) -> None:
    programme = a_programme()
    if opens:
        a_call(programme, opens_at=clock() + timedelta(days=opens))

    page = client.get(PROGRAMME, slug=programme.slug.nl)

    assert "Set-Cookie" not in page.headers
    assert "/nl/op-de-hoogte?programme=seeds" in page.links("aside a")
    for endpoint in ("programmes_public.programmes", "programmes_public.open_calls"):
        assert "/nl/op-de-hoogte" in client.get(endpoint).links("main a")
    start = client.get("applications_public.start", slug=programme.slug.nl)
    assert "/nl/op-de-hoogte?programme=seeds" in start.links("main a")


def test_a_mail_scanner_that_follows_links_confirms_and_stops_nothing(client: PageClient, mailbox: Mailbox) -> None:
    a_request()
    db.session.commit()
    key = key_in(mailbox, "subscription_confirm")

    for _number in range(2):
        client.get(CONFIRM, key=key)
    assert how_many() == 0
    client.post(CONFIRM, key=key)
    client.get(STOP, key=key)
    client.get(MANAGE, key=key)

    assert how_many() == 1


def test_a_double_click_confirms_once(client: PageClient, mailbox: Mailbox) -> None:
    a_request()
    db.session.commit()
    key = key_in(mailbox, "subscription_confirm")

    pages = [client.post(CONFIRM, key=key) for _number in range(2)]

    assert {page.location for page in pages} == {f"/nl/op-de-hoogte/beheren/{key}"}
    found = queries.subscription_with(ZOE)
    assert found
    assert len(audit_trail.history(found.ref)) == 1


def test_the_same_answer_for_a_known_and_an_unknown_address(client: PageClient, mailbox: Mailbox) -> None:
    a_subscription(email="known@example.be")
    answers = []
    for email in ("known@example.be", "new@example.be"):
        page = client.get(SUBSCRIBE).submit(ASK["nl"], email=email)
        answers.append((page.status, page.location, page.follow().text.replace(email, "")))

    assert answers[0] == answers[1]
    assert [one.kind for one in mailbox.letters[-2:]] == ["subscription_confirm"] * 2


def test_a_form_sent_twice_is_one_request_and_one_mail(client: PageClient, mailbox: Mailbox) -> None:
    form = client.get(SUBSCRIBE)

    for _number in range(2):
        form.submit(ASK["nl"], email=ZOE)

    assert mailbox.kinds == ["subscription_confirm"]
    assert db.session.scalar(select(func.count()).select_from(SubscriptionRequest)) == 1


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"email": "zoe"}, "Vul een e-mailadres met een @ in"),
        ({"email": ""}, "Vul je e-mailadres in"),
        ({"calls": []}, "Kies minstens één programma, of de nieuwsbrief"),
        ({"calls": ["calls:unknown"]}, "Kies minstens één programma, of de nieuwsbrief"),
    ],
)
def test_a_mistake_is_named_and_everything_typed_stays(
    client: PageClient, mailbox: Mailbox, typed: dict[str, object], error: str
) -> None:
    given: dict[str, object] = {"email": ZOE, "language": "fr", "calls": ["calls"], "once": "x" * 24} | typed

    page = client.post(SUBSCRIBE, given, status=422)

    assert error in page.main.select_one(".error-summary").get_text()  # type: ignore[union-attr]
    assert page.main.select_one("#email")["value"] == given["email"]  # type: ignore[index]
    assert page.main.select_one("#language-1[checked]")
    assert mailbox.letters == []


def test_five_confirmations_a_day_per_address_whoever_asks(client: PageClient, mailbox: Mailbox) -> None:
    limiter.enabled = True
    for number in range(5):
        PageClient(client.app).get(SUBSCRIBE).submit(ASK["nl"], email="zoe@example.be" if number else "ZOE@example.be")

    page = PageClient(client.app).get(SUBSCRIBE).submit(ASK["nl"], email=ZOE, status=429)

    assert int(page.headers["Retry-After"]) > 3600
    assert len(mailbox.letters) == 5
    PageClient(client.app).get(SUBSCRIBE).submit(ASK["nl"], email="other@example.be")


def test_a_program_that_fills_in_everything_writes_nobody(client: PageClient, mailbox: Mailbox) -> None:
    form = client.get(SUBSCRIBE)

    form.submit(ASK["nl"], email=ZOE, website="http://x.example/", status=422, skip={"forms"})

    assert mailbox.letters == []


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_mail_program_stops_with_one_post_without_cookie_or_token(
    client: PageClient, mailbox: Mailbox, clock: Clock, kind: str
) -> None:
    call = a_call(opens_at=clock() + timedelta(days=1))
    found = a_subscription("calls", "newsletter").ref
    clock.set(call.opens_at)
    jobs.send_notices()
    address = str(mailbox.deliver()[-1]["List-Unsubscribe"]).strip(" <>")

    for _number in range(2):
        program = PageClient(client.app)
        page = program.post_path(address, {"List-Unsubscribe": "One-Click"}, csrf=False, status=200, content_type=kind)
        assert page.h1 == "Je bent uitgeschreven"
        assert "Set-Cookie" not in page.headers

    assert how_many() == 0
    assert audit_trail.history(found)[0].action == "subscription.stopped"
    client.get_path(address, status=410)


def test_a_post_that_is_no_mail_program_needs_the_token_of_our_page(client: PageClient, mailbox: Mailbox) -> None:
    a_subscription()
    key = key_in(mailbox, "subscription_confirm")

    client.post(STOP, {"List-Unsubscribe": "other"}, csrf=False, key=key, status=401)
    assert how_many() == 1
    page = client.get(MANAGE, key=key).click("Alles stopzetten").submit("Alles stopzetten").follow()

    assert page.h1 == "Je bent uitgeschreven"
    assert how_many() == 0


def test_without_a_topic_the_subscription_is_over(client: PageClient, mailbox: Mailbox) -> None:
    a_subscription()
    key = key_in(mailbox, "subscription_confirm")

    page = client.post(MANAGE, {"language": "nl"}, key=key)

    assert page.location == "/nl/op-de-hoogte/gestopt"
    assert how_many() == 0


@pytest.mark.parametrize("endpoint", [CONFIRM, MANAGE, STOP])
def test_a_link_that_is_nobodys_says_so(client: PageClient, endpoint: str) -> None:
    for key in ("x" * 43, "x"):
        page = client.get(endpoint, key=key, status=410)
        assert page.h1 == "Deze link is niet meer geldig"
        assert client.post(endpoint, {}, key=key, status=None).status in (303, 410)


def test_an_old_request_no_longer_confirms(client: PageClient, mailbox: Mailbox, clock: Clock) -> None:
    a_request()
    db.session.commit()
    key = key_in(mailbox, "subscription_confirm")
    clock.forward(days=7, seconds=1)

    client.get(CONFIRM, key=key, status=410)
    client.post(CONFIRM, key=key, status=410)

    assert how_many() == 0


def test_the_pages_take_the_same_statements_for_one_and_for_many(client: PageClient, mailbox: Mailbox) -> None:
    a_subscription("calls")
    key = key_in(mailbox, "subscription_confirm")
    for number in range(3):
        a_call(a_programme(f"programme-{number}"))

        assert_budget(client.get(SUBSCRIBE), 2)
        assert_budget(client.get(MANAGE, key=key), 5)


def test_my_data_shows_the_subscription_stops_it_and_keeps_a_typed_name(bruno: SignedIn) -> None:
    a_programme("seeds", title=both("Zaad", "Graines"))
    a_subscription("calls:seeds", "newsletter", email=bruno.person.email)
    page = bruno.get("privacy_person.my_data")
    assert "De oproepen voor Zaad" in page.text

    page = page.submit("Deze mails stopzetten", name="Bruno C.").follow()

    assert queries.subscription_with(bruno.person.email) is None
    assert "Zaad" not in page.text
    assert page.soup.select_one("#name")["value"] == "Bruno C."  # type: ignore[index]
    assert bruno.person.name == "Bruno Claes"


def test_an_erasure_takes_the_subscription_and_its_letters_along(bruno: SignedIn, mailbox: Mailbox) -> None:
    email = bruno.person.email
    a_subscription(email=email)
    a_request(email=email)
    db.session.commit()

    rights.erase(bruno.person, by="tests", at=the_clock.now())
    db.session.commit()

    assert queries.subscription_with(email) is None
    assert queries.how_many() == (0, 0)
    assert [one for one in mailbox.letters if one.to_email == email] == []
