"""A house that is lived in: one of everything that the pages of staff and applicants can show."""

from dataclasses import dataclass
from datetime import timedelta

from app.accounts.models import Person
from app.applications import actions as applications
from app.applications.models import Application
from app.applications.rules import Role, State
from app.builder import actions as builder
from app.casework import actions as casework
from app.contact import actions as contact
from app.core import clock
from app.core.bilingual import Bilingual
from app.core.db import db
from app.core.files import Accepted
from app.decisions import actions as decisions
from app.events import actions as events
from app.events.models import Event
from app.intake import actions as intake
from app.programmes import actions as programmes
from app.programmes import queries
from app.programmes.models import Call
from app.questionnaires.queries import latest_version
from tests.builders import a_call, a_version, an_application
from tests.every_kind import EVERY_KIND

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
ADDRESS = "http://127.0.0.1/"
LONG = "Vennootschap met een wel bijzonder lange projectnaam voor duurzaamheidsgeïnspireerde ondernemersgemeenschappen"


@dataclass(frozen=True)
class World:
    """The names of what was made, by what it shows."""

    files: dict[str, str]
    """The key of an application of the applicant, by its state, or `changed`: a draft whose form changed."""
    call: str
    copy: str
    """A call that is not public yet."""
    form: str
    """A form in the making, with a question of every kind."""
    version: int
    """Of a form that the call does not ask."""


def a_world(applicant: Person, staff: Person) -> World:
    """Everything, on top of the starting content; the call of Seeds is open."""
    call = db.session.query(Call).filter_by(key="seeds").one()
    files = _files(call, applicant, staff)
    _talk(db.session.query(Application).filter_by(key=files["incomplete"]).one(), applicant, staff)
    _late_codes(call, staff)
    at = clock.now()
    form = builder.make(
        EVERY_KIND | {"key": "proef"}, title=Bilingual("Proefformulier", "Formulaire d’essai"), by=staff, at=at
    )
    intake.play(queries.call_with_everything(call.key), by=staff, at=at)
    contact.receive("w" * 32, name="Zoë", email="zoe@example.be", language="fr", text="Êtes-vous ouverts ?", at=at)
    evening = db.session.query(Event).filter(Event.starts_at > at).order_by(Event.id).first()
    assert evening is not None
    events.sign_up(evening, name="Zoë", email="zoe@example.be", language="nl", at=at)
    copy = programmes.copy_call(call, by=staff, at=at)
    made = World(files, call.key, copy.key, form.key, a_version().id)
    db.session.commit()
    return made


def _files(call: Call, applicant: Person, staff: Person) -> dict[str, str]:
    """One file of this applicant in each state that has a page of its own."""
    names = {
        State.DRAFT: "De Buurtkeuken", State.SUBMITTED: LONG, State.INELIGIBLE: "Repair",
        State.IN_REVIEW: "La cuisine de la rue", State.INTERVIEW: "Wasserij Noord",
    }  # fmt: skip
    made = {
        state: an_application(call=call, person=applicant, state=state, answers={"project_name": name})
        for state, name in names.items()
    }
    made[State.INCOMPLETE] = _sent_back(an_application(call=call, person=applicant, submitted=True), staff)
    for outcome in (State.ACCEPTED, State.DECLINED, State.RESERVE):
        made[outcome] = an_application(call=call, person=applicant, state=State.JURY)
        _decide(made[outcome], outcome, staff)
    made[State.WITHDRAWN] = an_application(call=call, person=applicant, submitted=True)
    applications.withdraw(made[State.WITHDRAWN], reason="Geen tijd.", by=applicant, at=clock.now())
    made[State.JURY] = an_application(call=call, person=applicant, state=State.JURY)
    applications.invite(
        made[State.DRAFT], "ploeg@example.be", name="Ploeg Genoot", role=Role.WRITER, by=applicant, at=clock.now()
    )
    applications.attach(
        made[State.INCOMPLETE], "attachments", "begroting.pdf", Accepted(PDF, "pdf"), by=applicant, at=clock.now()
    )
    return {str(state): file.key for state, file in made.items()} | {"changed": _changed(applicant, staff)}


def _sent_back(file: Application, staff: Person) -> Application:
    """Asked to complete one question, until a day."""
    until = clock.day_of(clock.now()) + timedelta(days=7)
    casework.move(
        file, State.INCOMPLETE, message="Welk budget heb je nodig?", until=until,
        questions=["project_name", "attachments"], by=staff, url=ADDRESS, at=clock.now(),
    )  # fmt: skip
    return file


def _decide(file: Application, outcome: State, staff: Person) -> None:
    """Decided, and told."""
    rank = 1 if outcome is State.RESERVE else None
    taken = decisions.take(file, outcome, reason="Een sterke ploeg en een heldere nood.\n\nHet plan is nog vaag.",
                           rank=rank, by=staff, at=clock.now())  # fmt: skip
    until = clock.day_of(clock.now()) + timedelta(days=14)
    decisions.tell([taken], answer_by=until, by=staff, url_of=lambda _one: ADDRESS, at=clock.now())


def _changed(applicant: Person, staff: Person) -> str:
    """A draft that went over to another form."""
    call = a_call(title=Bilingual("Doorlopende oproep", "Appel permanent"), rolling=True)
    draft = an_application(call=call, person=applicant)
    newest = latest_version("application")
    assert newest is not None
    intake.use_version(call, newest, by=staff, at=clock.now())
    return draft.key


def _talk(file: Application, applicant: Person, staff: Person) -> None:
    """Said to and fro, and a note that only the team sees."""
    at = clock.now()
    applications.write_to_team(file, "Mag het budget een schatting zijn?", by=applicant, at=at)
    casework.write_to_applicant(file, "Ja, met een woord uitleg.", by=staff, at=at)
    applications.write_to_team(file, "Dank je wel.", by=applicant, at=at)
    casework.add_note(file, "Belde op maandag.", by=staff, at=at)
    casework.tag([file], "circulair", by=staff, at=at)
    casework.keep_view("Op te volgen", "state=incomplete", shared=True, by=staff)


def _late_codes(call: Call, staff: Person) -> None:
    """One that opens the call, and one that was ended."""
    at = clock.now()
    for name in ("Zoë Janssens", "Ali Demir"):
        code = programmes.give_late_code(
            call, email=f"{name[:3].lower()}@example.be".replace("ë", "e"), name=name, language="fr",
            until=at + timedelta(days=40), reason="Ziek op de laatste dag.", by=staff, at=at,
        )  # fmt: skip
    programmes.end_late_code(code, by=staff, at=at)
