"""A call is decided over plain HTTP: six files, the checks, telling, answers, the next on the list, a correction."""

import pytest
from flask import Flask

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.db.base import db
from app.programmes.models import Call
from tests.builders import a_person
from tests.conftest import Clock
from tests.deciding import REASON, a_judged_call, before_the_jury, read
from tests.letters import Mailbox
from tests.pages import Page
from tests.people import AMINA, BRUNO, SignedIn, known, signed_in

CHOICES = ["accepted", "accepted", "reserve", "reserve", "declined", "declined"]
TEXTS = {"nl": "De nood is onderbouwd.", "fr": "Le besoin est étayé."}
CHECK = {"nl": "Nakijken en meedelen", "fr": "Vérifier et communiquer"}
TELL = {"nl": "Deel deze beslissingen nu mee", "fr": "Communiquer ces décisions maintenant"}
SEND = {"nl": "Zet recht en verstuur deze mail", "fr": "Corriger et envoyer cet e-mail"}


def six_files(call: Call) -> list[Application]:
    """Three in Dutch and three in French, each read by somebody; Bruno and Amina are selected."""
    people = [known(BRUNO), known(AMINA), *(a_person(language=language) for language in ("nl", "fr", "nl", "fr"))]
    files = [before_the_jury(person.language, call=call, person=person) for person in people]
    for number, file in enumerate(files):
        read(file, "Ann Goossens", {"C1": 5 - number // 2, "C2": 3}, C1=TEXTS[file.language])
    db.session.commit()
    return files


def decide(els: SignedIn, call: Call, files: list[Application], lang: str) -> Page:
    """Choose in the table, write the reasons, take over the readers' texts; gives the table."""
    table = els.get("decisions_calls.of_call", key=call.key, lang=lang)
    chosen = {f"outcome-{file.id}": choice for file, choice in zip(files, CHOICES, strict=True)}
    table.submit(**chosen, **{f"rank-{file.id}": str(number) for number, file in enumerate(files[2:4], 1)})
    for file in files:
        page = els.get("decisions_staff.decide", key=file.key, lang=lang)
        page.submit({"nl": "Bewaar de beslissing", "fr": "Enregistrer la décision"}[lang], reason=REASON[file.language])
        els.get("decisions_staff.feedback", key=file.key, lang=lang).submit("all=1")
    return els.get("decisions_calls.of_call", key=call.key, lang=lang)


def state_of(file: Application) -> str:
    db.session.commit()
    return file.state


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_call_is_decided_from_the_table_to_a_correction(
    app: Flask, els: SignedIn, clock: Clock, mailbox: Mailbox, lang: str
) -> None:
    call = a_judged_call(places=2)
    files = six_files(call)
    early = els.get("decisions_calls.check", key=call.key, lang=lang)
    assert early.select("#spots"), "six files wait, and nobody is left out"

    check = decide(els, call, files, lang).click(CHECK[lang])
    assert not check.select("#spots")
    check.submit(form="main form", status=200).submit(TELL[lang]).follow()

    assert [state_of(file) for file in files] == CHOICES
    letters = [letter for letter in mailbox.letters if letter.kind.startswith("decision")]
    assert [(letter.to_email, letter.language) for letter in sorted(letters, key=lambda one: one.about)] == [
        (file.person.email, file.language) for file in sorted(files, key=lambda one: one.ref)
    ]
    assert all(TEXTS[letter.language] in letter.text for letter in letters)

    for part, answer in ((BRUNO, "confirmed"), (AMINA, "declined_by_team")):
        file = next(one for one in files if one.person.email == part.email)
        place = signed_in(app, part).get("decisions_applicant.place", key=file.key, lang=part.language)
        place.submit(answer=answer)
    assert [state_of(file) for file in files[:2]] == [State.CONFIRMED, State.DECLINED_BY_TEAM]

    reserve = els.get("decisions_reserve.reserve", key=call.key, lang=lang)
    els.get_path(reserve.links("p.warn a")[0]).submit()
    assert [state_of(file) for file in files[2:4]] == [State.ACCEPTED, State.RESERVE]
    assert mailbox.last("decision_promoted").to_email == files[2].person.email

    why = {"nl": "We lazen het verkeerde dossier.", "fr": "Nous avons lu un autre dossier."}[files[4].language]
    shown = els.get("decisions_places.correct", key=files[4].key, lang=lang).submit(
        outcome="reserve", rank="3", reason=f"{REASON[files[4].language]} +", why=why, status=422
    )
    shown.submit(SEND[lang])
    assert state_of(files[4]) == State.RESERVE
    assert why in mailbox.last("decision_corrected").text
    assert len(mailbox.deliver()) == len(mailbox.letters)
