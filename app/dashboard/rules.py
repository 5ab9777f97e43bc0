"""Labels for audit actions, for the histories that staff read."""

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.applications.rules.states import STATE_NAMES, State
from app.core import clock

ACTIONS = {
    "application.started": _l("draft started"),
    "application.saved": _l("part saved"),
    "application.file_added": _l("file added"),
    "application.file_removed": _l("file removed"),
    "application.file_restored": _l("file put back"),
    "application.files_deleted": _l("removed files deleted"),
    "application.submitted": _l("handed in"),
    "application.withdrawn": _l("withdrawn"),
    "application.moved": _l("moved to another state"),
    "application.noted": _l("note written"),
    "application.tagged": _l("tag hung on it"),
    "application.untagged": _l("tag taken off"),
    "application.message_written": _l("message written"),
    "application.member_invited": _l("team mate invited"),
    "application.member_accepted": _l("invitation accepted"),
    "application.member_removed": _l("team mate removed"),
    "application.member_restored": _l("team mate taken back"),
    "call.rescheduled": _l("dates of the call changed"),
    "call.form_chosen": _l("form of the call changed"),
    "advice.given": _l("advice given"),
    "feedback.written": _l("feedback written"),
    "decision.corrected": _l("decision corrected"),
    "decision.correction_proposed": _l("correction waits for a second colleague"),
    "decision.correction_withdrawn": _l("correction withdrawn"),
    "decision.promoted": _l("moved up from the reserve list"),
    "place.extended": _l("more time given to confirm the place"),
    "call.reading_planned": _l("reading plan changed"),
    "call.files_spread": _l("files spread over readers"),
    "call.readers_told": _l("readers told"),
    "call.readers_reminded": _l("readers reminded"),
    "reader.invited": _l("reader invited"),
    "reader.changed": _l("reader changed"),
    "reader.declared": _l("list of conflicts signed"),
    "reader.left": _l("reader let go"),
    "reading.given": _l("reader chosen"),
    "reading.taken_back": _l("reader taken off"),
    "conflict.proposed": _l("conflict of interest proposed"),
    "conflict.confirmed": _l("conflict of interest confirmed"),
    "conflict.dismissed": _l("conflict of interest dismissed"),
    "decision.taken": _l("decision taken"),
    "decision.told": _l("decision told"),
    "meeting.left": _l("members in conflict left the jury"),
    "review.begun": _l("review begun"),
    "review.finished": _l("review finished"),
    "review.reopened": _l("review opened again"),
    "review.confirmed": _l("review confirmed after a change"),
    "remark.written": _l("remark written"),
    "decision.left_open": _l("decision taken away again"),
    "decision.taken_back": _l("decision taken back"),
    "call.interviews_planned": _l("rules for interviews changed"),
    "interview.slots_made": _l("slots for interviews made"),
    "interview.slot_changed": _l("slot for an interview changed"),
    "interview.table_left": _l("member left the interview panel"),
    "meeting.seat_left": _l("member left the jury"),
    "meeting.seat_taken_away": _l("seat in the jury meeting taken away"),
    "meeting.moved": _l("jury meeting moved"),
    "meeting.cancelled": _l("jury meeting cancelled"),
    "application.assistance_handed_over": _l("assistance handed over"),
    "application.taken_over": _l("owner went on with a draft begun elsewhere"),
    "application.discarded": _l("draft deleted by its owner"),
    "interview.slot_removed": _l("slot for an interview removed"),
    "interview.invited": _l("invited for an interview"),
    "interview.given_until": _l("another last day to choose"),
    "interview.chosen": _l("moment of the interview chosen"),
    "interview.cancelled": _l("interview cancelled by the applicant"),
    "interview.moved": _l("interview given another moment"),
    "interview.freed": _l("interview cancelled by the team"),
    "interview.reminded": _l("reminded of the interview"),
    "interview.noted": _l("notes of the interview kept"),
    "application.assisted": _l("entered on somebody’s behalf"),
    "application.let_go": _l("application deleted after its period"),
    "call.changed": _l("call changed"),
    "call.late_code_ended": _l("code for a late application ended"),
    "call.late_code_given": _l("code for a late application given"),
    "call.made": _l("call made"),
    "call.played": _l("call tried out"),
    "call.published": _l("call published"),
    "call.taken_back": _l("call taken back from the public site"),
    "letter.again": _l("letter sent once more"),
    "letter.edited": _l("letter changed by hand"),
    "meeting.agreed": _l("minutes agreed"),
    "meeting.planned": _l("jury meeting planned"),
    "programme.published": _l("programme published"),
    "questionnaire.draft_dropped": _l("draft of a form dropped"),
    "questionnaire.made": _l("form made"),
    "wording.changed": _l("wording of a letter changed"),
    "wording.taken_back": _l("wording of a letter taken back"),
    "decision.deviation_confirmed": _l("deviation from the minutes confirmed"),
    "interview.ended": _l("interview ended with its application"),
    "export.made": _l("files or a list taken along"),
    "message.received": _l("message received"),
    "message.copied": _l("copy of a message sent to its writer"),
    "message.handled": _l("message handled"),
    "message.reopened": _l("message put back"),
    "event.signed_up": _l("registration received"),
    "event.moved_up": _l("place given from the waiting list"),
    "event.cancelled": _l("registration cancelled"),
    "event.attendance_kept": _l("attendance kept"),
    "enterprise.moved": _l("address of an enterprise changed"),
    "page.rewritten": _l("page rewritten"),
    "person.added": _l("person added"),
    "person.role_granted": _l("role granted"),
    "person.role_revoked": _l("role taken away"),
    "person.suspended": _l("suspended"),
    "person.link_made": _l("sign-in link made"),
    "person.signed_in": _l("signed in"),
    "person.signed_out": _l("signed out"),
    "person.corrected": _l("own data corrected"),
    "person.erased": _l("person erased"),
    "consent.given": _l("consent given"),
    "consent.withdrawn": _l("consent withdrawn"),
    "subscription.confirmed": _l("subscription confirmed"),
    "subscription.changed": _l("subscription changed"),
    "subscription.stopped": _l("subscription stopped"),
    "subscription.forgotten": _l("subscription ended after its period"),
    "questionnaire.published": _l("form published"),
}


def waiting(counts: Mapping[State, int], unpublished: int) -> dict[str, int]:
    """How many applications wait for the team, by what they wait for: each application is counted once.

    `unpublished`: decided, not announced; these are before the jury too.
    """
    return {
        "to_check": counts.get(State.SUBMITTED, 0),
        "to_decide": max(0, counts.get(State.JURY, 0) - unpublished),
        "to_announce": unpublished,
    }


def gathered(entries: Iterable[Any]) -> list[tuple[Any, int]]:
    """(entry, count) per line of a history, newest first. Repeated actions of one person on one day share a line
    with the last entry.
    """
    lines = groupby(entries, key=lambda entry: (entry.by, clock.day_of(entry.at), action_label(entry)))
    return [(same[0], len(same)) for same in (list(group) for _key, group in lines)]


def action_label(entry: Any, count: int = 1) -> str:
    """What happened, in a few words of the page's language."""
    words = str(ACTIONS.get(entry.action, entry.action))
    state = entry.detail.get("to_state") or entry.detail.get("outcome")
    words = f"{words} ({STATE_NAMES[State(state)]})" if state else words
    return _("%(action)s (%(count)s times)", action=words, count=count) if count > 1 else words


def actor_label(entry: Any, people: Mapping[int, str]) -> str:
    """Who did it: the name of a known person, or the program itself."""
    kind, _colon, number = entry.by.partition(":")
    if kind == "person" and number.isdigit():
        return people.get(int(number), _("somebody who is no longer known"))
    return _("the system")
