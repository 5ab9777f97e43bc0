"""What an address gives away, and what an invitation takes: nothing, before the address is proved or it is accepted."""

from datetime import timedelta

import pytest
from flask import Flask

from app.applications.actions import handing_in, team
from app.applications.models import Application, Member
from app.applications.queries import around
from app.applications.rules.states import State
from app.applications.rules.team import Role
from app.core import clock
from app.core.db.base import db
from app.core.errors import Conflict
from app.programmes.models import Call
from app.review.queries.reading import my_files
from tests.builders import a_call, an_application
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import SignedIn
from tests.selection import an_assignment

START = {"name": "Iemand Anders", "language": "nl"}


def invited(amina: SignedIn, call: Call, email: str) -> tuple[Application, Member]:
    """A draft of Amina to which this address is invited under a name that she made up."""
    file = an_application(call=call, person=amina.person)
    member = team.invite(file, email, name="Verzonnen", role=Role.WRITER, by=amina.person, at=clock.now())
    db.session.commit()
    return file, member


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "je kunt niemand meer uitnodigen"), ("fr", "vous ne pouvez plus inviter personne")]
)
def test_nobody_is_invited_to_a_draft_after_the_deadline(amina: SignedIn, lang: str, words: str) -> None:
    file = an_application(call=a_call(), person=amina.person)
    offered = amina.get("applications_applicant.tasks", key=file.key, lang=lang).text
    page = amina.get("applications_together.team", key=file.key, lang=lang)
    file.call.closes_at = clock.now() - timedelta(days=1)
    db.session.commit()

    page.submit(form="[formaction]", name="Bruno", email="bruno@example.be", status=409)

    assert words in amina.get("applications_together.team", key=file.key, lang=lang).text
    promise = {"nl": "Nodig medestanders uit", "fr": "Invitez d’autres personnes"}[lang]
    assert promise in offered
    assert promise not in amina.get("applications_applicant.tasks", key=file.key, lang=lang).text
    assert around.members_of(file.id) == []


def test_typing_an_address_shows_nothing_of_whose_it_is(app: Flask, bruno: SignedIn) -> None:
    """Start form, again the start form, the file, its print and its history: only what was typed here."""
    call = a_call()
    page = PageClient(app)
    begun = page.get("applications_public.start", slug=call.programme.slug["nl"]).submit(
        email="bruno@example.be", **START
    )
    tasks = begun.follow()
    file = db.session.query(Application).one()

    seen = [
        tasks,
        page.get("applications_public.start", slug=call.programme.slug["nl"], again="1"),
        page.get("applications_applicant.printable", key=file.key),
        page.get("applications_applicant.my_files"),
    ]

    assert file.person_id == bruno.person_id
    assert {one.path: "Claes" in one.html for one in seen} == {one.path: False for one in seen}
    assert seen[1].soup.select_one("#name")["value"] == "Iemand Anders"
    assert "Iemand Anders, bruno@example.be" in seen[2].text
    bruno.get("applications_applicant.begun_before", key=file.key).submit("Verdergaan met deze kandidatuur")
    assert "Bruno Claes" in bruno.get("applications_applicant.printable", key=file.key).text


def test_the_team_page_shows_the_name_that_was_typed(app: Flask, amina: SignedIn, bruno: SignedIn) -> None:
    file, _member = invited(amina, a_call(), "bruno@example.be")

    before = amina.get("applications_together.team", key=file.key)
    bruno.get("applications_invited.invitation", key=file.key).submit("do=accept")
    after = amina.get("applications_together.team", key=file.key)

    assert "Verzonnen" in before.text
    assert "Bruno Claes" not in before.html
    assert "nog niet aanvaard" in before.text
    assert "Bruno Claes" in after.text


def test_an_invitation_opens_nothing_until_it_is_accepted(amina: SignedIn, bruno: SignedIn) -> None:
    file, _member = invited(amina, a_call(), "bruno@example.be")
    bruno.get("applications_applicant.tasks", key=file.key, status=404)
    assert around.files_of_person(bruno.person_id, None) == []

    assert "Je bent uitgenodigd om mee te werken" in bruno.get("applications_applicant.my_files").text
    bruno.get("applications_invited.invitation", key=file.key).submit("do=accept")

    assert [one.id for one in around.files_of_person(bruno.person_id, None)] == [file.id]
    bruno.get("applications_applicant.tasks", key=file.key)
    bruno.get("applications_invited.invitation", key=file.key, status=404)


def test_a_declined_invitation_is_gone(amina: SignedIn, bruno: SignedIn) -> None:
    file, _member = invited(amina, a_call(), "bruno@example.be")

    bruno.get("applications_invited.invitation", key=file.key).submit("do=decline")

    assert db.session.query(Member).count() == 0
    bruno.get("applications_applicant.tasks", key=file.key, status=404)


def test_inviting_a_juror_takes_no_file_from_them(app: Flask, amina: SignedIn, chloe: SignedIn) -> None:
    call = a_call()
    file, member = invited(amina, call, chloe.person.email)
    handing_in.submit(file, {}, by=amina.person, url="http://127.0.0.1/", at=clock.now())
    file.state = State.IN_REVIEW
    an_assignment(file, chloe.person)
    db.session.commit()

    assert [one.application_id for one in my_files(chloe.person_id)] == [file.id]
    chloe.get("review_reviewer.score", key=file.key)

    with pytest.raises(Conflict):
        team.accept(file, member, by=chloe.person, at=clock.now())
    member.accepted_at = clock.now()
    db.session.commit()
    assert my_files(chloe.person_id) == []


def test_the_team_judges_an_invitation_of_a_reader(app: Flask, amina: SignedIn, chloe: SignedIn, els: SignedIn) -> None:
    call = a_call()
    file, _member = invited(amina, call, chloe.person.email)
    handing_in.submit(file, {}, by=amina.person, url="http://127.0.0.1/", at=clock.now())
    file.state = State.IN_REVIEW
    an_assignment(file, chloe.person)
    db.session.commit()

    page = els.get("conflicts_staff.conflicts", key=call.key)
    assert "Chloé Lambert" in page.text
    assert [one.application_id for one in my_files(chloe.person_id)] == [file.id]
    page.submit("do=confirm")

    assert my_files(chloe.person_id) == []
    assert "Uitgenodigd om aan het dossier mee te werken" in els.get("conflicts_staff.conflicts", key=call.key).text


def test_nobody_is_invited_once_the_file_is_handed_in(amina: SignedIn) -> None:
    file = an_application(person=amina.person, submitted=True)

    with pytest.raises(Conflict):
        team.invite(file, "x@example.be", name="X", role=Role.WRITER, by=amina.person, at=clock.now())

    assert "je kunt niemand meer uitnodigen" in amina.get("applications_together.team", key=file.key).text


def test_the_letter_signs_in_nobody_who_works_here(amina: SignedIn, chloe: SignedIn, mailbox: Mailbox) -> None:
    file, _member = invited(amina, a_call(), chloe.person.email)

    assert f"/fr/mon-dossier/{file.key}/invitation" in mailbox.link("application_invitation", to=chloe.person.email)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_signing_in_for_a_page_about_the_team_says_why_and_shows_nobody(
    app: Flask, amina: SignedIn, mailbox: Mailbox, lang: str
) -> None:
    """From the team page of a draft just begun, from an invitation, and from the link in the mail."""
    file, _member = invited(amina, a_call(), "bruno@example.be")
    visitor, call = PageClient(app), file.call.title[lang]

    pages = [
        visitor.get("applications_together.team", status=302, lang=lang, key=file.key).follow(),
        visitor.get("applications_invited.invitation", status=302, lang=lang, key=file.key).follow(),
        visitor.get_path(mailbox.link("application_invitation")),
    ]

    for page in pages[:2]:
        assert f"{call}" in page.select(".note")[0]
    assert "uitnodiging" in pages[2].select(".note")[0] or "invitation" in pages[2].select(".note")[0]
    hidden = ("Haddad", "Verzonnen", "Claes", file.title)
    assert {word for page in pages for word in hidden if word in page.text} == set()
    assert not PageClient(app).get("accounts_public.sign_in", lang=lang).select(".note")
    refused = PageClient(app).get_path(f"{visitor.address('accounts_public.sign_in', lang=lang)}?next=/nl/nergens")
    assert not refused.select(".note")
