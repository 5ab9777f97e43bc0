"""A consent is what was ticked and handed in: seen, withdrawn, and obeyed by the newsletter and by retention."""

from datetime import timedelta
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import select, text

from app.applications.actions import handing_in
from app.applications.models import Application
from app.consents import queries
from app.consents.models import Consent
from app.core.audit import audit_trail
from app.core.db.base import db
from app.privacy import jobs
from app.questionnaires.queries import definition_of
from config import ROOT
from tests.builders import a_call, a_person, a_version, an_application, the_form
from tests.conftest import Clock
from tests.people import BRUNO, SignedIn, signed_in

DUTIES = ("privacy_read", "truthful")


def handed_in(person: Any, *boxes: str, at: Any, file: Application | None = None) -> Application:
    """An application of this person, handed in with these boxes beside the duties."""
    found = file or an_application(call=a_call(version=a_version(the_form())), person=person)
    asked = definition_of(found.version).declarations
    ticked = {one.key: one.version for one in asked if one.key in (*DUTIES, *boxes)}
    handing_in.submit(found, ticked, by=person, url="http://x/", language="fr", at=at)
    db.session.commit()
    return found


def records() -> list[Consent]:
    db.session.rollback()
    return list(db.session.scalars(select(Consent).order_by(Consent.id)))


def test_a_consent_is_recorded_with_the_text_as_it_was_on_the_page(bruno: SignedIn) -> None:
    file = an_application(call=a_call(version=a_version(the_form())), person=bruno.person)
    page = bruno.get("applications_applicant.check", lang="fr", key=file.key)

    page.submit(form="form.flowform", privacy_read="y", truthful="y", newsletter="y", keep_for_next="y")

    news, keep = records()
    assert (news.purpose, news.person_id, news.application_id) == ("newsletter", bruno.person_id, None)
    assert (news.version, news.language) == ("2026-11", "fr")
    assert news.text.startswith("Envoyez-moi la lettre d’information")
    assert (keep.purpose, keep.application_id, keep.withdrawn_at) == ("keep_for_next", file.id, None)
    assert keep.ends_at == keep.given_at.replace(year=keep.given_at.year + 2)
    given = audit_trail.history(keep.ref)
    assert [(one.action, one.by, one.detail["version"]) for one in given] == [
        ("consent.given", bruno.person.ref, "2026-11")
    ]


def test_nothing_is_recorded_of_boxes_that_were_not_handed_in(bruno: SignedIn, clock: Clock) -> None:
    file = an_application(call=a_call(version=a_version(the_form())), person=bruno.person)
    page = bruno.get("applications_applicant.check", key=file.key)

    page.submit(form="form.flowform", newsletter="y", status=422)

    assert records() == []


def test_a_correction_keeps_the_consent_and_an_empty_box_withdraws_it(bruno: SignedIn, clock: Clock) -> None:
    file = handed_in(bruno.person, "newsletter", "keep_for_next", at=clock())
    first = [(one.id, one.given_at) for one in records()]

    handed_in(bruno.person, "newsletter", "keep_for_next", at=clock.forward(hours=1), file=file)
    assert [(one.id, one.given_at) for one in records()] == first
    handed_in(bruno.person, "newsletter", at=clock.forward(hours=1), file=file)

    news, keep = records()
    assert news.withdrawn_at is None
    assert keep.withdrawn_at == clock()


def test_another_form_without_the_tick_withdraws_nothing(bruno: SignedIn, clock: Clock) -> None:
    handed_in(bruno.person, "newsletter", at=clock())

    handed_in(bruno.person, at=clock.forward(days=1))

    assert [one.withdrawn_at for one in records()] == [None]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_my_data_shows_a_consent_and_withdraws_it_with_one_click(bruno: SignedIn, clock: Clock, lang: str) -> None:
    file = handed_in(bruno.person, "newsletter", "keep_for_next", at=clock())
    page = bruno.get("privacy_person.my_data", lang=lang)
    shown = page.soup.select("section[aria-labelledby=consents] li")
    assert len(shown) == 2
    assert "Envoyez-moi la lettre" in page.text

    for button in page.soup.select("section[aria-labelledby=consents] button"):
        bruno.post_path(str(button["formaction"]))
    page = bruno.get("privacy_person.my_data", lang=lang)

    assert page.soup.select("section[aria-labelledby=consents] button") == []
    assert [one.withdrawn_at for one in records()] == [clock(), clock()]
    assert set(db.session.get_one(Application, file.id).declarations) == set(DUTIES)
    assert audit_trail.history(records()[0].ref)[0].action == "consent.withdrawn"


def test_nobody_withdraws_the_consent_of_somebody_else(bruno: SignedIn, amina: SignedIn, clock: Clock) -> None:
    handed_in(bruno.person, "newsletter", at=clock())
    number = records()[0].id

    amina.post("privacy_person.withdraw_consent", {}, number=number, status=404)

    assert records()[0].withdrawn_at is None


def test_the_list_of_addresses_holds_confirmed_ones_only_until_they_withdraw(
    app: Flask, els: SignedIn, bruno: SignedIn, clock: Clock
) -> None:
    typed = a_person(email="getypt@example.be")
    handed_in(bruno.person, "newsletter", at=clock())
    handed_in(typed, "newsletter", at=clock())
    page = els.get("subscriptions_staff.subscribers")
    assert [one.text for one in page.soup.select("dl.key-figures dd")] == ["0", "0", "1"]

    listed = els.get("subscriptions_staff.newsletter").data.decode("utf-8-sig")

    assert bruno.person.email in listed
    assert "getypt@example.be" not in listed
    number = records()[0].id
    bruno.post("privacy_person.withdraw_consent", {}, number=number)
    assert bruno.person.email not in els.get("subscriptions_staff.newsletter").data.decode()


def test_an_ended_consent_gives_no_address(bruno: SignedIn, clock: Clock) -> None:
    handed_in(bruno.person, "newsletter", at=clock())
    ends = records()[0].ends_at
    assert ends

    assert [one.email for one in queries.newsletter_consents(ends - timedelta(seconds=1))] == [bruno.person.email]
    assert queries.newsletter_consents(ends) == []


@pytest.mark.parametrize("withdraws", [False, True], ids=["kept", "withdrawn"])
def test_retention_obeys_the_consent_to_keep(app: Flask, bruno: SignedIn, clock: Clock, withdraws: bool) -> None:
    file = handed_in(bruno.person, "keep_for_next", at=clock())
    handing_in.withdraw(file, by=bruno.person, at=clock())
    db.session.commit()
    clock.forward(days=200)
    if withdraws:
        client = signed_in(app, BRUNO)
        client.post("privacy_person.withdraw_consent", {}, number=records()[0].id)

    jobs.purge_all()

    db.session.expire_all()
    assert (db.session.get_one(Application, file.id).emptied_at is None) is not withdraws
    clock.forward(days=600)
    jobs.purge_all()
    db.session.expire_all()
    assert db.session.get_one(Application, file.id).emptied_at is not None


def test_the_migration_turns_ticked_boxes_into_records(migrated: Flask, clock: Clock) -> None:
    person, at = a_person(), clock()
    owner = person.id
    first = handed_in(person, "newsletter", "keep_for_next", at=at)
    handed_in(person, "newsletter", "keep_for_next", at=clock.forward(hours=1), file=first)
    handed_in(person, "keep_for_next", at=clock.forward(hours=1))
    folder, expected = str(ROOT / "migrations"), [(one.purpose, one.application_id) for one in records()]
    db.session.remove()

    flask_migrate.downgrade(directory=folder, revision="0006")
    assert "consent" not in db.inspect(db.engine).get_table_names()
    flask_migrate.upgrade(directory=folder)

    found = records()
    assert sorted(map(str, ((one.purpose, one.application_id) for one in found))) == sorted(map(str, expected))
    assert min(one.given_at for one in found) == at
    assert {one.ends_at for one in found if one.given_at == at} == {at.replace(year=at.year + 2)}
    assert {(one.person_id, one.version, one.withdrawn_at) for one in found} == {(owner, "2026-11", None)}
    assert all(one.text.startswith(("Stuur me", "Bewaar mijn dossier")) for one in found)
    assert db.session.scalar(text("SELECT count(*) FROM consent WHERE purpose = 'truthful'")) == 0


@pytest.mark.parametrize(
    ("lang", "words"), [("nl", "(tekst van november 2026)"), ("fr", "texte\u00a0: novembre 2026)")]
)
def test_the_version_of_a_text_is_said_in_words(bruno: SignedIn, clock: Clock, lang: str, words: str) -> None:
    handed_in(bruno.person, "newsletter", at=clock())

    page = bruno.get("privacy_person.my_data", lang=lang)

    assert words in page.text
    assert "2026-11" not in page.text
