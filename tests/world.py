"""Rooms of the team and of readers with something in each of them, and the pages that show it."""

from datetime import timedelta
from typing import Any

from app.applications.models import Application
from app.applications.rules.states import State
from app.casework import actions as casework
from app.conflicts.rules.status import ConflictSignal, ConflictStatus
from app.contact import actions as contact
from app.core import clock
from app.core.db.base import db
from app.decisions.actions import deciding as deciding_actions
from app.events import actions as events
from app.events.models import Event
from app.events.queries import attendance
from app.form_builder import actions as form_builder
from app.intake.actions import rehearsing
from app.meetings import actions as meetings
from app.meetings import queries as meeting_queries
from app.meetings.models import Meeting
from app.meetings.rules import Role
from app.programmes.actions import calls as calls_actions
from app.programmes.actions import late as late_actions
from app.programmes.models import Call
from app.programmes.queries import team as team_queries
from app.reviewers.models import ReadingPlan
from tests.builders import a_person, a_version, added, an_application, both
from tests.deciding import announce, take
from tests.every_kind import EVERY_KIND
from tests.panels import a_slot, an_interview
from tests.people import CHLOE, DAAN, ELS, Part, known
from tests.selection import a_conflict, a_review, a_reviewer

NAMES = (
    "De Buurtkeuken",
    "La cuisine de la rue",
    "Wasserij Noord",
    "Vennootschap met een wel bijzonder lange projectnaam voor duurzaamheidsgeïnspireerde ondernemersgemeenschappen",
)
WHY = "Een sterke ploeg en een heldere nood in de wijk. Het financiële plan is nog vaag."
PageAt = tuple[str, dict[str, Any]]
Tour = tuple[Part, list[PageAt]]


def reading() -> list[Tour]:
    """A call that is being read: readers who finished, began and wait, conflicts that stand, may be, or are unseen."""
    call = seeds()
    files = in_state(call, State.IN_REVIEW, *NAMES)
    chloe, daan, nora = known(CHLOE), known(DAAN), a_person("Nora Peters-Vandenbroucke")
    added(ReadingPlan(call_id=call.id, readings=2, most_files=12, due_on=clock.day_of(clock.now())))
    for file, scores in zip(files, ("545344", "232232", "415243", "-55454"), strict=True):
        a_review(file, chloe, marks(scores), recommendation="yes", comment=WHY)
    a_review(files[0], daan, marks("142344"))
    a_review(files[1], daan, marks("23"), done=False)
    waiting = a_reviewer(call, nora, languages="fr", declared=False)
    a_conflict(files[2], daan, status=ConflictStatus.PROPOSED, signal=ConflictSignal.NAME)
    a_conflict(files[3], nora)
    other = added(a_person("Ines Dubois", email="ines@huis.example"))
    files[1].person.email = "ploeg@huis.example"
    a_review(files[1], other, marks("343434"))
    files[0].state = State.JURY
    deciding_actions.advise(files[0], State.RESERVE, WHY, by=known(ELS), at=clock.now())
    of_call, files_of = {"key": call.key}, {"file": [files[0].key, files[1].key]}
    team: list[PageAt] = [
        ("reviewers_staff.reviewers", of_call),
        ("reviewers_staff.invite", of_call),
        ("reviewers_staff.plan", of_call),
        ("reviewers_staff.reviewer", of_call | {"number": str(waiting.id)}),
        ("reviewers_staff.remind", of_call),
        ("reviewers_staff.take_over", of_call),
        ("reviewers_assigning.files", of_call),
        ("reviewers_assigning.give", of_call | files_of | {"reader": str(waiting.id)}),
        ("reviewers_assigning.file", of_call | {"file_key": files[3].key}),
        ("reviewers_assigning.assign_balanced", of_call),
        ("reviewers_assigning.notify", of_call),
        ("conflicts_staff.conflicts", of_call),
        ("conflicts_staff.own", {"key": files[0].key}),
        ("ranking_staff.selection", {}),
        ("ranking_staff.ranking", of_call),
        ("ranking_staff.weights", of_call),
        ("ranking_staff.compare", of_call | files_of),
    ]
    return [(ELS, team), (CHLOE, [("reviewers_reviewer.declare", of_call)])]


def meeting() -> list[Tour]:
    """A meeting of the jury that comes, one at a file, one that ended; somebody invited to talk, somebody who chose."""
    call = seeds()
    coming, busy, over = a_meeting(call, 1), a_meeting(call, 2), a_meeting(call, 1)
    everybody_comes(busy)
    everybody_comes(over)
    first = meeting_queries.items(busy.id)[0]
    meetings.open_item(busy, first, at=clock.now())
    meetings.reveal(busy, first, at=clock.now())
    last = meeting_queries.items(over.id)[0]
    meetings.open_item(over, last, at=clock.now())
    meetings.reveal(over, last, at=clock.now())
    meetings.decide(over, last, State.RESERVE, reason=WHY, rank=1, by=known(ELS), at=clock.now())
    meetings.close(over, notes="Daan Willems kwam later.", at=clock.now())
    invited, chosen = in_state(call, State.INTERVIEW, *NAMES[2:])
    an_interview(invited)
    a_slot(call, an_interview(chosen), hour=14, people=(known(CHLOE),), place=both("Zaal 1, Flagey", "Salle 1, Flagey"))
    free = a_slot(call, hour=15, people=(known(CHLOE), known(DAAN)))
    of_call = {"key": call.key}
    team: list[PageAt] = [
        ("meetings_staff.meetings", of_call),
        ("meetings_staff.prepare", {"key": coming.key}),
        ("meetings_staff.cancel", {"key": coming.key}),
        ("meetings_staff.live", {"key": coming.key}),
        ("meetings_staff.live", {"key": busy.key}),
        ("meetings_staff.live", {"key": over.key}),
        ("interviews_staff.interviews", of_call),
        ("interviews_staff.new_slots", of_call),
        ("interviews_staff.slot", {"slot_key": free.key}),
        ("interviews_staff.interview", {"key": invited.key}),
        ("interviews_staff.interview", {"key": chosen.key}),
    ]
    reviewer: list[PageAt] = [("meetings_reviewer.follow", {"key": busy.key}), ("interviews_reviewer.slots", {})]
    return [(ELS, team), (CHLOE, reviewer)]


def deciding() -> list[Tour]:
    """Places that were told, one of them waiting for an answer for too long, a reserve, and a decision not told yet."""
    call = seeds()
    call.closes_at = clock.now() - timedelta(hours=1)
    placed, reserve, late, unpublished = in_state(call, State.JURY, *NAMES)
    take(placed, State.ACCEPTED)
    take(reserve, State.RESERVE, rank=2)
    overdue = take(late, State.ACCEPTED)
    announce(placed, reserve, late)
    overdue.answer_by = clock.day_of(clock.now()) - timedelta(days=1)
    waits = take(unpublished, State.DECLINED)
    of_call, holder = {"key": call.key}, {"key": placed.key}
    team: list[PageAt] = [
        ("decisions_calls.of_call", of_call),
        ("decisions_calls.check", of_call),
        ("decisions_calls.announce", of_call | {"decision": str(waits.id)}),
        ("decisions_reserve.reserve", of_call),
        ("decisions_reserve.close", of_call),
        ("decisions_places.promote", {"key": reserve.key}),
        ("decisions_places.extend", holder),
        ("decisions_places.take_back", {"key": late.key}),
        ("decisions_places.correct", holder),
        ("decisions_staff.letter", {"key": unpublished.key}),
        ("decisions_staff.decide", {"key": unpublished.key}),
    ]
    return [(ELS, team)]


def forms() -> list[Tour]:
    """A form in the making with a question of every kind."""
    title = both("Proefformulier", "Formulaire d’essai")
    form = form_builder.make(EVERY_KIND | {"key": "proef"}, title=title, by=known(ELS), at=clock.now())
    of_form = {"key": form.key}
    questions = ["file_language", "a_number", "a_files", "team", "team.name"]
    team: list[PageAt] = [
        ("form_builder_staff.forms", {}),
        ("form_builder_staff.builder", of_form),
        ("form_builder_editor.frame", of_form),
        ("form_builder_editor.section", of_form | {"part": "words"}),
        *[("form_builder_editor.question", of_form | {"place": place}) for place in questions],
        ("form_builder_versions.preview", of_form),
        ("form_builder_versions.publish", of_form),
        ("form_builder_versions.versions", of_form),
    ]
    return [(ELS, team)]


def calls() -> list[Tour]:
    """A call with a code for who is late, its copy, and a rehearsal."""
    call, els, at = seeds(), known(ELS), clock.now()
    code, _written = late_actions.create_late_code(
        call,
        email="ali@example.be",
        name="Ali Demir",
        language="fr",
        until=at + timedelta(days=40),
        reason="Ziek op de laatste dag.",
        by=els,
        at=at,
    )
    late_actions.end_late_code(code, by=els, at=at)
    play = rehearsing.play(team_queries.call_with_everything(call.key), by=els, at=at)
    copy = calls_actions.copy_call(call, by=els, at=at)
    of_call = {"key": call.key}
    team: list[PageAt] = [
        ("programmes_staff.calls", {}),
        ("programmes_staff.new_programme", {}),
        ("programmes_staff.programme", of_call),
        ("programmes_staff.call", of_call),
        ("programmes_staff.call", {"key": copy.key}),
        ("programmes_preview.preview", {"key": copy.key}),
        ("programmes_rows.criteria", of_call),
        ("programmes_rows.eligibility", of_call),
        ("programmes_rows.steps", of_call),
        ("programmes_rows.late", of_call),
        ("intake_staff.running", of_call),
        ("intake_staff.choose_form", of_call | {"version": str(a_version().id)}),
        ("intake_staff.on_behalf", of_call),
        ("intake_staff.report", {"play_key": play.key}),
    ]
    return [(ELS, team)]


def daily() -> list[Tour]:
    """Files that wait for the team, some of them ticked; an evening with people who come."""
    asked, other = in_state(seeds(), State.SUBMITTED, *NAMES[:2])
    until = clock.day_of(clock.now()) + timedelta(days=7)
    casework.move(
        asked,
        State.INCOMPLETE,
        message="Welk budget heb je nodig?",
        until=until,
        questions=["project_name", "attachments"],
        by=known(ELS),
        url="http://127.0.0.1/",
        at=clock.now(),
    )
    casework.write_to_applicant(asked, "Met een woord uitleg.", by=known(ELS), at=clock.now())
    casework.add_note(asked, "Belde op maandag.", by=known(ELS), at=clock.now())
    casework.tag([asked, other], "circulair", by=known(ELS), at=clock.now())
    evening = db.session.query(Event).order_by(Event.starts_at.desc()).first()
    assert evening is not None
    events.sign_up(evening, name="Zoë Janssens", email="zoe@example.be", language="nl", at=clock.now())
    comes = attendance(evening.id)[0]
    letter = contact.receive(
        "w" * 32, name="Zoë", email="zoe@example.be", language="fr", text="Êtes-vous ouverts ?", at=clock.now()
    )
    ticked = {"file": [asked.key, other.key]}
    team: list[PageAt] = [
        ("casework_staff.application", {"key": asked.key}),
        *[(f"casework_together.{action}", ticked) for action in ("step", "tag", "untag", "write")],
        ("contact_staff.message", {"key": letter.key}),
        ("events_staff.attendance", {"event_key": evening.key}),
        ("events_staff.cancel", {"event_key": evening.key, "number": comes.id}),
    ]
    return [(ELS, team)]


def seeds() -> Call:
    """The open call of the starting content, with its six criteria."""
    return db.session.query(Call).filter_by(key="seeds").one()


def marks(scores: str) -> dict[str, int | None]:
    """A score for each criterion, - where the reader cannot judge."""
    return {f"C{number}": None if score == "-" else int(score) for number, score in enumerate(scores, 1)}


def in_state(call: Call, state: State, *names: str) -> list[Application]:
    """A file of each of these names, every second one in French."""
    return [
        an_application(
            call=call,
            person=a_person(f"Ploeg {number}"),
            state=state,
            language=("nl", "fr")[number % 2],
            answers={"project_name": name},
        )
        for number, name in enumerate(names)
    ]


def a_meeting(call: Call, files: int) -> Meeting:
    """Chloé presides, Daan is a member, Els writes; both read each file."""
    made = in_state(call, State.JURY, *NAMES[-files:])
    for file in made:
        a_review(file, known(CHLOE), marks("255342"))
        a_review(file, known(DAAN), marks("5-4434"))
    found = meetings.plan(
        call,
        clock.now(),
        place=both("Flagey, zaal 3", "Flagey, zaal 3"),
        quorum=2,
        minutes_each=10,
        by=known(ELS),
        at=clock.now(),
    )
    meetings.add_member(found, known(CHLOE), Role.CHAIR, by=known(ELS), at=clock.now())
    meetings.add_member(found, known(DAAN), Role.MEMBER, by=known(ELS), at=clock.now())
    meetings.put_on(found, made)
    return found


def everybody_comes(found: Meeting) -> None:
    """All are in the room."""
    for seat in meeting_queries.members_of(found.id):
        meetings.come_in(found, seat, at=clock.now())
