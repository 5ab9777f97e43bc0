"""The applicant's pages: who may see them, what they say in each state, and handing in exactly once."""

from copy import deepcopy

import pytest
from flask import Flask

from app.accounts.models import Person
from app.applications.actions import handing_in, team, writing
from app.applications.models import Application
from app.applications.queries import revisions
from app.applications.queries.files import open_file
from app.applications.rules.states import State
from app.applications.rules.team import Role
from app.casework import actions as casework
from app.core import clock as the_clock
from app.core.db.base import db
from app.core.drawings.construction import Stage, construction
from app.questionnaires.queries import definition_of
from tests.builders import a_call, a_step, a_version, an_application, the_form
from tests.conftest import Clock
from tests.every_kind import EVERY_KIND
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import SignedIn

PAGES = ["status", "tasks", "check", "printable", "withdraw", "received"]


OUT = "[formaction$=afmelden], [formaction$=deconnexion]"


@pytest.fixture
def file(bruno: SignedIn) -> Application:
    """Bruno's complete draft."""
    return an_application(call=a_call(version=a_version(the_form())), person=bruno.person)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_every_page_of_a_draft_and_of_a_file_opens_within_its_budget(
    bruno: SignedIn, file: Application, page: str, lang: str
) -> None:
    draft = bruno.open("GET", bruno.address(f"applications_applicant.{page}", lang=lang, key=file.key), status=None)
    handed_in = an_application(call=file.call, person=bruno.person, submitted=True)
    after = bruno.open(
        "GET", bruno.address(f"applications_applicant.{page}", lang=lang, key=handed_in.key), status=None
    )

    assert {draft.status, after.status} <= {200, 302}
    for one in (draft, after):
        assert_budget(one, 7 if page == "status" else 6)  # what was typed and not sent


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_sees_it(
    app: Flask, client: PageClient, amina: SignedIn, els: SignedIn, file: Application, page: str
) -> None:
    address = f"applications_applicant.{page}"

    client.get(address, status=302, key=file.key)
    amina.get(address, status=404, key=file.key)
    els.get(address, status=404, key=file.key)


def test_my_files_asks_as_often_for_three_files_as_for_one(bruno: SignedIn, file: Application) -> None:
    one = bruno.get("applications_applicant.my_files")
    for _number in range(2):
        an_application(call=file.call, person=bruno.person)
    three = bruno.get("applications_applicant.my_files")

    assert len(three.select(".rows li")) == 3
    assert len(one.statements) == len(three.statements) <= 6


def test_an_incomplete_draft_is_not_handed_in(bruno: SignedIn, file: Application, clock: Clock) -> None:
    writing.save_section(file, "purpose", {"need": ""}, revision=1, by=file.person, at=clock())

    page = bruno.get("applications_applicant.check", key=file.key)
    bruno.post("applications_applicant.check", {"privacy_read": "y", "truthful": "y"}, status=409, key=file.key)

    assert page.soup.find("form", attrs={"action": page.path}) is None
    assert file.reference is None


def test_duties_must_be_ticked_and_consents_are_free(bruno: SignedIn, file: Application, mailbox: Mailbox) -> None:
    page = bruno.get("applications_applicant.check", key=file.key)

    refused = page.submit(newsletter="y", status=422)
    assert len(refused.problems) == 2
    assert refused.value("newsletter") == "y"
    refused.submit(privacy_read="y", truthful="y", newsletter=None)

    assert set(file.declarations) == {"privacy_read", "truthful"}


def test_a_double_click_gives_one_application(bruno: SignedIn, file: Application, mailbox: Mailbox) -> None:
    page = bruno.get("applications_applicant.check", key=file.key)
    page.submit(privacy_read="y", truthful="y")

    received = page.submit(privacy_read="y", truthful="y").follow()

    assert mailbox.kinds.count("application_received") == 1
    assert file.reference in received.text  # type: ignore[operator]


def test_a_stopped_mail_server_stops_no_hand_in(
    app: Flask, bruno: SignedIn, file: Application, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAIL_URL", "smtp://127.0.0.1:1")

    received = bruno.get("applications_applicant.check", key=file.key).submit(privacy_read="y", truthful="y").follow()
    mailbox.deliver()

    assert received.endpoint == "applications_applicant.received"
    assert "refused" in mailbox.last("application_received").error.lower()


TO_DO = {"nl": ("Nog te doen", "Kan nog niet"), "fr": ("À faire", "Pas encore")}


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_after_handing_in_no_part_is_to_do(bruno: SignedIn, file: Application, clock: Clock, lang: str) -> None:
    """Also where a part was left empty: it had only questions that need no answer."""
    empty = an_application(call=file.call, person=bruno.person)
    for part, saved in revisions.sections_of(empty.id).items():
        writing.save_section(empty, part, {}, revision=saved.revision, by=bruno.person, at=clock())
    before = bruno.get("applications_applicant.tasks", lang=lang, key=empty.key).select(".tasks .state")
    optional = optional_part(bruno.person)

    for one in (file, optional):
        handing_in.submit(one, ticked(one), by=bruno.person, url="http://127.0.0.1/", at=clock())
        states = bruno.get("applications_applicant.tasks", lang=lang, key=one.key).select(".tasks .state")

        assert len(states) == len(revisions.sections_of(one.id)) + 1
        assert set(states) & set(TO_DO[lang]) == set()
    assert set(TO_DO[lang]) <= set(before)  # these are the words of the page


def optional_part(person: Person) -> Application:
    """A draft of which one part asks nothing that must be answered, and is empty."""
    form = deepcopy(EVERY_KIND) | {"key": "optional"}
    for question in form["section"][1]["question"]:
        question["required"] = False
    draft = an_application(call=a_call(version=a_version(form)), person=person)
    writing.save_section(draft, "figures", {}, revision=1, by=person, at=the_clock.now())
    return draft


def ticked(draft: Application) -> dict[str, str]:
    """The declarations that handing in needs."""
    return {one.key: one.version for one in definition_of(draft.version).declarations if one.required}


@pytest.mark.parametrize("state", [State.SUBMITTED, State.INCOMPLETE, State.INELIGIBLE, State.ELIGIBLE, State.JURY])
@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_status_says_where_the_file_is(bruno: SignedIn, state: State, lang: str) -> None:
    call = a_call()
    a_step(call)
    file = an_application(call=call, person=bruno.person, state=state)

    page = bruno.get("applications_applicant.status", lang=lang, key=file.key)

    assert file.title in page.h1
    assert len(page.select(".timeline li")) >= 2


def test_what_is_asked_stands_on_the_status_and_can_be_completed(bruno: SignedIn, clock: Clock) -> None:
    file = an_application(person=bruno.person, submitted=True)
    clock.set(file.call.closes_at)
    clock.forward(days=2)
    casework.move(
        file,
        State.INCOMPLETE,
        message="De begroting ontbreekt.",
        until=clock().date(),
        by=bruno.person,
        url="http://x/",
        at=clock(),
    )

    status = bruno.get("applications_applicant.status", key=file.key)

    assert "De begroting ontbreekt." in status.text
    for lang in ("nl", "fr"):
        tasks = bruno.get("applications_applicant.tasks", key=file.key, lang=lang)
        assert tasks.select(".message.asking p")[0] == "De begroting ontbreekt."
        assert (len(tasks.select(".message.asking p")), tasks.select(".message.asking li")) == (3, [])


def test_the_questions_that_are_open_again_are_listed(bruno: SignedIn, chloe: SignedIn, clock: Clock) -> None:
    file = an_application(person=bruno.person)
    reader = team.invite(file, chloe.person.email, name="Chloé", role=Role.READER, by=bruno.person, at=clock())
    reader.accepted_at = clock()
    file.state = State.SUBMITTED
    casework.move(
        file,
        State.INCOMPLETE,
        message="De naam klopt niet.",
        until=None,
        questions=["project_name"],
        by=bruno.person,
        url="http://x/",
        at=clock(),
    )

    for lang in ("nl", "fr"):
        tasks = bruno.get("applications_applicant.tasks", key=file.key, lang=lang)
        form = open_file(file).definition
        assert tasks.select(".message.asking li") == [form.question("project_name").label[lang]]
        there = bruno.get_path(tasks.links(".message.asking li a")[0])
        assert there.endpoint == "applications_writer.section"
        assert form.section_of("project_name").title[lang] in there.select("h1")[0]

    seen = chloe.get("applications_applicant.tasks", key=file.key)
    assert (seen.select(".message.asking p"), seen.select(".message.asking li")) == (["De naam klopt niet."], [])


def test_withdrawing_asks_first_and_is_final(bruno: SignedIn, mailbox: Mailbox) -> None:
    file = an_application(person=bruno.person, submitted=True)

    status = bruno.get("applications_applicant.withdraw", key=file.key).submit().follow()

    assert file.state == State.WITHDRAWN
    assert mailbox.kinds[-1] == "application_withdrawn"
    assert status.endpoint == "applications_applicant.status"
    bruno.get("applications_applicant.withdraw", status=409, key=file.key)


def test_the_link_is_mailed_again(bruno: SignedIn, file: Application, mailbox: Mailbox) -> None:
    page = bruno.get("applications_applicant.tasks", key=file.key)

    answered = page.submit(form="form[action*=terugkeerlink]").follow()

    assert bruno.person.email in answered.text
    assert mailbox.last("sign_in_link").to_email == bruno.person.email


def test_an_unproved_address_sees_only_what_was_started_here(app: Flask, bruno: SignedIn, file: Application) -> None:
    unproved = SignedIn(app, bruno.person, confirmed=False)

    unproved.get("applications_applicant.status", status=404, key=file.key)
    assert unproved.get("applications_applicant.my_files").select(".rows li") == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nl", "Verstuur dit bericht voor je je afmeldt"), ("fr", "Envoyez ce message avant de vous déconnecter")],
)
def test_a_message_of_an_unproved_address_is_not_lost_by_signing_out(
    app: Flask, bruno: SignedIn, file: Application, lang: str, words: str
) -> None:
    unproved = SignedIn(app, bruno.person, confirmed=False)
    handing_in.submit(file, ticked(file), by=bruno.person, url="http://127.0.0.1/", at=the_clock.now())
    file.started_in_id = unproved.sign_in_id
    db.session.commit()
    page = unproved.get("applications_applicant.status", key=file.key, lang=lang)

    refused = page.submit(form=OUT, reply="Wanneer horen we iets?", status=422)

    assert words in refused.text
    assert refused.value("reply") == "Wanneer horen we iets?"
    refused.submit(form=OUT, reply="", status=307)


@pytest.mark.parametrize(("state", "may"), [(State.DRAFT, True), (State.SUBMITTED, False), (State.INCOMPLETE, False)])
def test_the_list_of_parts_offers_to_invite_only_while_somebody_can_be_invited(
    bruno: SignedIn, state: State, may: bool
) -> None:
    one = an_application(person=bruno.person, state=state)

    page = bruno.get("applications_applicant.tasks", key=one.key)

    assert ("Nodig medestanders uit" in page.text) is may


@pytest.mark.parametrize(("lang", "words"), [("nl", "Mijn kandidatuur volgen"), ("fr", "Suivre ma candidature")])
def test_a_file_that_was_handed_in_and_not_changed_leads_to_its_status(
    bruno: SignedIn, file: Application, clock: Clock, lang: str, words: str
) -> None:
    handing_in.submit(file, ticked(file), by=bruno.person, url="http://127.0.0.1/", at=clock())

    page = bruno.get("applications_applicant.tasks", lang=lang, key=file.key)

    assert page.select("main p.actions > .button") == [words]
    assert page.links("main p.actions > .button") == [
        bruno.address("applications_applicant.status", lang=lang, key=file.key)
    ]


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "zolang het team niet aan je dossier begonnen is"), ("fr", "traiter votre dossier")]
)
def test_page_and_letter_say_that_the_team_ends_the_correction(
    bruno: SignedIn, mailbox: Mailbox, lang: str, words: str
) -> None:
    call = a_call(version=a_version(the_form()))
    file = an_application(call=call, person=bruno.person, language=lang)
    bruno.person.language = "nl" if lang == "fr" else "fr"  # the language chosen in the form counts
    db.session.commit()
    page = bruno.get("applications_applicant.check", key=file.key, lang=lang)

    received = page.submit(privacy_read="y", truthful="y").follow()

    assert words in received.text
    assert words in " ".join(mailbox.last("application_received").text.split())


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_team_reads_that_its_step_ends_a_correction(
    bruno: SignedIn, file: Application, els: SignedIn, mailbox: Mailbox, clock: Clock, lang: str
) -> None:
    bruno.get("applications_applicant.check", key=file.key).submit(privacy_read="y", truthful="y")
    words = {"nl": "Deze stap beëindigt de verbetering", "fr": "Cette étape met fin à la correction"}[lang]
    assert words not in els.get("casework_staff.application", key=file.key, lang=lang).text
    clock.forward(minutes=1)
    newest = revisions.sections_of(file.id)["purpose"].revision
    writing.save_section(file, "purpose", {"need": "Nog beter."}, revision=newest, by=file.person, at=clock())
    db.session.commit()

    assert words in els.get("casework_staff.application", key=file.key, lang=lang).text


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "Je hebt iets gewijzigd"), ("fr", "Vous avez modifié quelque chose")]
)
def test_the_list_says_which_correction_was_not_handed_in(
    bruno: SignedIn, file: Application, clock: Clock, lang: str, words: str
) -> None:
    other = an_application(call=file.call, person=bruno.person, submitted=True)
    assert words not in bruno.get("applications_applicant.my_files", lang=lang).text
    section, first = next(iter(revisions.sections_of(other.id).items()))
    clock.forward(hours=1)
    writing.save_section(other, section, {"a": "beter"}, revision=first.revision, by=other.person, at=clock())

    page = bruno.get("applications_applicant.my_files", lang=lang)

    assert [words in row for row in page.select(".rows li")] == [True, False]


@pytest.mark.parametrize("state", [State.SUBMITTED, State.JURY])
def test_a_file_under_way_shows_its_empty_plot_with_the_name_of_the_project(bruno: SignedIn, state: State) -> None:
    file = an_application(person=bruno.person, state=state)

    for name in ("status", "received"):
        page = bruno.get(f"applications_applicant.{name}", key=file.key)

        assert page.select(".board") == [file.title]
        assert page.html.count(construction(file.key, Stage.PLOT)) == 1


def test_a_confirmed_place_shows_the_ground_floor(bruno: SignedIn) -> None:
    file = an_application(person=bruno.person, submitted=True)
    file.state = State.CONFIRMED
    db.session.commit()

    page = bruno.get("applications_applicant.status", key=file.key)

    assert page.html.count(construction(file.key, Stage.GROUND_FLOOR)) == 1


def test_a_file_that_ended_shows_no_plot(bruno: SignedIn) -> None:
    file = an_application(person=bruno.person, state=State.INELIGIBLE)

    page = bruno.get("applications_applicant.status", key=file.key)

    assert file.title in page.h1
    assert page.select(".plot") == []
