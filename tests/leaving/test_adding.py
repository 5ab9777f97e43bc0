"""Somebody new: an administrator adds them, and they sign in by asking for a link themselves."""

import pytest
from flask import Flask

from app.accounts import queries
from app.accounts.rules import Role
from app.core import clock as the_clock
from app.core.audit import audit_trail
from app.people import queries as people
from tests.builders import a_call
from tests.letters import Mailbox
from tests.pages import PageClient
from tests.people import BRUNO, CHLOE, DAAN, SignedIn, known
from tests.review.scenes import in_review
from tests.selection import a_conflict, a_review

LIST, ADD, ONE = (f"people_staff.{name}" for name in ("people", "add", "one_person"))
NEW = {"name": "Noor Aziz", "email": "Noor@Coopcity.example", "role": "manager", "language": "fr"}


@pytest.mark.parametrize(("lang", "said"), [("nl", "Er is geen mail verstuurd"), ("fr", "Aucun e-mail n’est parti")])
def test_an_administrator_adds_a_person_who_asks_for_a_link(
    greta: SignedIn, mailbox: Mailbox, lang: str, said: str
) -> None:
    listed = greta.get(LIST, lang=lang)
    assert greta.address(ADD, lang=lang) in listed.links("a.button")

    answer = greta.get(ADD, lang=lang).submit(**NEW).follow()

    added = queries.person_by_email("noor@coopcity.example")
    assert added is not None
    assert (added.name, added.language, added.roles) == ("Noor Aziz", "fr", {Role.MANAGER})
    assert mailbox.kinds == []
    assert said in answer.text
    assert "/fr/equipe/connexion" in answer.text
    granted = [one.by for one in audit_trail.history(added.ref) if one.action == "person.role_granted"]
    assert granted == [greta.person.ref]


def test_what_is_missing_is_named_and_what_was_typed_stays(greta: SignedIn) -> None:
    refused = greta.get(ADD).submit(name="Noor", email="noor", status=422)

    assert len(refused.problems) == 2
    assert refused.value("name") == "Noor"
    greta.post(ADD, NEW | {"role": "coach"}, status=422)
    assert queries.person_by_email("noor@coopcity.example") is None


def test_a_colleague_is_not_added_twice_and_an_applicant_may_work_here_too(greta: SignedIn, els: SignedIn) -> None:
    twice = greta.get(ADD).submit(**(NEW | {"email": els.person.email}), status=422)
    assert len(twice.problems) == 1
    bruno = known(BRUNO)

    greta.get(ADD).submit(**(NEW | {"email": BRUNO.email, "role": "reviewer"}))

    assert (bruno.name, bruno.roles) == (BRUNO.name, {Role.REVIEWER})


def test_only_administrators_add_people(els: SignedIn, chloe: SignedIn, client: PageClient) -> None:
    els.get(ADD, status=403)
    chloe.get(ADD, status=403)
    client.get(ADD, status=302)
    els.post(ADD, NEW, status=403)


@pytest.mark.parametrize(("lang", "word"), [("nl", "lezer"), ("fr", "lecteur ou lectrice")])
def test_who_reviews_has_one_name(greta: SignedIn, client: PageClient, lang: str, word: str) -> None:
    known(CHLOE)

    for page in (
        greta.get(LIST, lang=lang),
        greta.get(ADD, lang=lang),
        client.get("accounts_public.team_sign_in", lang=lang),
    ):
        assert word in page.text
        assert "beoordelaar" not in page.text
        assert "évaluateur" not in page.text


def test_a_reading_that_a_conflict_freed_is_nobodys_to_hand_over(app: Flask) -> None:
    call, daan = a_call(), known(DAAN)
    first, second = in_review(call), in_review(call)
    for one in (first, second):
        a_review(one, daan, {}, done=False)
    assert people.duties_of(daan.id, the_clock.now()).readings == 2

    a_conflict(first, daan)

    assert people.duties_of(daan.id, the_clock.now()).readings == 1


@pytest.mark.parametrize(("lang", "words"), [("nl", "opnieuw verdeeld"), ("fr", "à attribuer à nouveau")])
def test_the_page_of_a_person_counts_no_freed_reading(greta: SignedIn, lang: str, words: str) -> None:
    daan = known(DAAN)
    file = in_review(a_call())
    a_review(file, daan, {}, done=False)
    duties = "section[aria-labelledby=duties] li"
    assert words in " ".join(greta.get(ONE, lang=lang, person_id=daan.id).select(duties))

    a_conflict(file, daan)

    (left,) = greta.get(ONE, lang=lang, person_id=daan.id).select(duties)
    assert words not in left
