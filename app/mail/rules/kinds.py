"""Every kind of letter that the team may reword. Other kinds use their template."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

from flask_babel import lazy_gettext as _l

from app.core.i18n.bilingual import Bilingual
from app.mail.rules.placeholders import ADDRESS, NAME, Kind, Placeholder

SOON = datetime(2027, 4, 16, 10, tzinfo=UTC)
SOME_WORDS = _l("A few lines of text, as they were written.")

PROGRAMME = Placeholder(
    "programme",
    _l("the name of the programme"),
    "application.call.programme.title",
    sample=Bilingual("Fundament", "Fondations"),
)
CALL = Placeholder(
    "call", _l("the name of the call"), "application.call.title", sample=Bilingual("Fundament 2027", "Fondations 2027")
)
CLOSES = Placeholder(
    "closes",
    _l("until when they may hand in; empty for a call without a deadline"),
    "deadline.until",
    "moment",
    sample=SOON,
    may_be_empty=True,
)
REFERENCE = Placeholder("reference", _l("the number of the application"), "application.reference", sample="FU27-0147")
TITLE = Placeholder("title", _l("the name of the project"), "application.title", sample=_l("The neighbourhood laundry"))
MESSAGE = Placeholder(
    "message", _l("what the colleague wrote at this step"), "message", "passage", sample=SOME_WORDS, may_be_empty=True
)
REASON = Placeholder("reason", _l("the reasons of the decision"), "decision.reason", "passage", sample=SOME_WORDS)
FEEDBACK = Placeholder(
    "feedback",
    _l("what is said per criterion, where something is"),
    "feedback",
    "feedback",
    sample=(SimpleNamespace(title=Bilingual("Ploeg", "Équipe"), text=SOME_WORDS),),
    may_be_empty=True,
)
ANSWER_BY = Placeholder("answer_by", _l("the last day to answer"), "decision.answer_by", "day", sample=SOON)
RANK = Placeholder(
    "rank", _l("the place on the reserve list, where there is one"), "decision.rank", sample="3", may_be_empty=True
)
HANDED_IN = Placeholder(
    "handed_in", _l("when it was handed in last"), "application.handed_in_at", "moment", sample=SOON
)
SENDER = Placeholder("sender", _l("the name of the writer"), "sender", sample="Amina Haddad")
QUOTE = Placeholder("words", _l("the words of the message"), "words", "quoted", sample=SOME_WORDS)
ANSWERS = Placeholder(
    "answers", _l("every question with its answer"), "answers", "answers", sample=((_l("Question"), SOME_WORDS),)
)

EVENT = Placeholder(
    "event", _l("the name of the event"), "event.title", sample=Bilingual("Infosessie", "Séance d’info")
)
STARTS = Placeholder("starts", _l("when it begins"), "event.starts_at", "moment", sample=SOON)
PLACE = Placeholder(
    "place", _l("where it is"), "event.place", sample=Bilingual("Coenraetsstraat 72", "rue Coenraets 72")
)

MOMENT = Placeholder("moment", _l("when the interview is"), "slot.starts_at", "moment", sample=SOON)
CHOOSE_BY = Placeholder("choose_by", _l("the last day to choose"), "choose_by", "day", sample=SOON)
ROOM = replace(PLACE, meaning=_l("where it is, where there is a place"), path="slot.place", may_be_empty=True)
CHANGE_BY = Placeholder(
    "change_by",
    _l("until when they change it themselves; empty when that is over"),
    "change_by",
    "moment",
    sample=SOON,
    may_be_empty=True,
)
BEFORE = Placeholder(
    "before",
    _l("when the interview was until now, where the hour changed"),
    "before",
    "moment",
    sample=SOON,
    may_be_empty=True,
)
ENDED = Placeholder(
    "interview",
    _l("when the interview was planned that is now cancelled, where there was one"),
    "ended",
    "moment",
    sample=SOON,
    may_be_empty=True,
)
OF_CALL = replace(CALL, path="call.title")
OF_MEETING = replace(MOMENT, meaning=_l("when the meeting is"), path="meeting.starts_at")
MEETING_PLACE = replace(ROOM, path="meeting.place")
CALENDAR = Placeholder(
    "calendar",
    _l("the address of the file for a calendar"),
    "calendar",
    "address",
    sample="https://www.coopcity.example/voorbeeld.ics",
)
OWN_CALENDAR = replace(CALENDAR, meaning=_l("the address of the file for a calendar, for readers"), may_be_empty=True)
WHY = replace(MESSAGE, meaning=_l("the reason, where the team gave one"))
LINK = Placeholder(
    "link",
    _l("the address of a call at a distance, where there is one"),
    "slot.link",
    sample="https://meet.example/coopcity",
    may_be_empty=True,
)
MANAGE = Placeholder(
    "manage",
    _l("the address where the subscription is changed or stopped"),
    "manage",
    "address",
    sample="https://www.coopcity.example/voorbeeld",
)


def _letter(name: Any, *placeholders: Placeholder, **more: Any) -> Kind:
    return Kind(name, (NAME, *placeholders), **more)


def _subscribed(name: Any, *, may_be_empty: bool = False) -> Kind:
    """To an address whose owner's name we do not know; a call without a deadline has no closing time."""
    closes = replace(CLOSES, path="call.closes_at", may_be_empty=may_be_empty)
    of_call = (replace(PROGRAMME, path="call.programme.title"), OF_CALL, closes)
    return Kind(name, (*of_call, ADDRESS, MANAGE), needed=("url", "manage"), decisive=("closes",))


KINDS: dict[str, Kind] = {
    "sign_in_link": _letter(_l("Link to sign in"), ADDRESS, has_secret_link=True),
    "team_sign_in_link": _letter(_l("Link to sign in, for the team"), ADDRESS, has_secret_link=True),
    "application_started": _letter(_l("Draft started"), PROGRAMME, CLOSES, ADDRESS, has_secret_link=True),
    "application_started_again": _letter(
        _l("Draft started by somebody who has a file for the call already"),
        PROGRAMME,
        CLOSES,
        ADDRESS,
        has_secret_link=True,
    ),
    "application_assisted": _letter(
        _l("Draft started by the team for somebody"), PROGRAMME, CLOSES, ADDRESS, has_secret_link=True
    ),
    "application_invitation": _letter(
        _l("Invitation to write along"), SENDER, PROGRAMME, ADDRESS, has_secret_link=True
    ),
    "application_reminder": _letter(
        _l("Reminder before the call closes"), PROGRAMME, replace(CLOSES, may_be_empty=False), ADDRESS
    ),
    "correction_reminder": _letter(
        _l("Reminder of a correction that was not handed in"),
        REFERENCE,
        CALL,
        replace(CLOSES, may_be_empty=False),
        HANDED_IN,
        ADDRESS,
    ),
    "application_received": _letter(
        _l("Application received"),
        PROGRAMME,
        CALL,
        CLOSES,
        REFERENCE,
        Placeholder("received", _l("when it was handed in"), "application.submitted_at", "moment", sample=SOON),
        ADDRESS,
        needed=("reference", "url"),
    ),
    "application_corrected": _letter(_l("Changed application received"), REFERENCE, CALL, HANDED_IN, ADDRESS),
    "application_withdrawn": _letter(_l("Application withdrawn"), REFERENCE, PROGRAMME, ENDED, needed=()),
    "application_unsent": _letter(
        _l("Text of a draft that was not handed in"), PROGRAMME, CALL, ANSWERS, ADDRESS, needed=("answers",)
    ),
    "corrections_unsent": _letter(
        _l("Text of a change that was not handed in"), REFERENCE, HANDED_IN, ANSWERS, ADDRESS, needed=("answers",)
    ),
    "application_asked": _letter(
        _l("Message from an applicant, to the team"),
        SENDER,
        QUOTE,
        ADDRESS,
        replace(REFERENCE, path="application.reference, application.call.title"),
    ),
    "application_answered": _letter(
        _l("Message from the team, to an applicant"), PROGRAMME, QUOTE, ADDRESS, needed=("words", "url")
    ),
    "application_eligible": _letter(_l("Application admissible"), REFERENCE, PROGRAMME, MESSAGE, ADDRESS),
    "application_incomplete": _letter(
        _l("Application to be completed"),
        REFERENCE,
        PROGRAMME,
        replace(MESSAGE, may_be_empty=False),
        Placeholder("until", _l("the last day, where there is one"), "until", "day", sample=SOON, may_be_empty=True),
        ADDRESS,
        needed=("message", "url"),
    ),
    "application_ineligible": _letter(
        _l("Application not admissible"),
        REFERENCE,
        PROGRAMME,
        replace(MESSAGE, may_be_empty=False),
        ADDRESS,
        needed=("message",),
    ),
    "application_interview": _letter(_l("Invitation to an interview"), REFERENCE, PROGRAMME, MESSAGE, ADDRESS),
    "call_dates_changed": _letter(
        _l("New deadline of a call"),
        PROGRAMME,
        Placeholder("closes", _l("the new deadline"), "after", "moment", sample=SOON),
        Placeholder("before", _l("the deadline until now"), "before", "moment", sample=SOON, may_be_empty=True),
        ADDRESS,
        decisive=("closes",),
    ),
    "late_code": _letter(
        _l("Code to apply after the deadline"),
        replace(PROGRAMME, path="call.programme.title"),
        replace(CALL, path="call.title"),
        Placeholder("until", _l("the deadline of this person"), "until", "moment", sample=SOON),
        Placeholder("code", _l("the code"), "code", sample="K7RM-P2QX-ACDE"),
        ADDRESS,
        needed=("code", "url"),
    ),
    "draft_ending": _letter(_l("Draft that will be deleted"), PROGRAMME, ADDRESS),
    "decision_accepted": _letter(
        _l("Decision: selected"),
        TITLE,
        PROGRAMME,
        REFERENCE,
        CALL,
        REASON,
        FEEDBACK,
        ANSWER_BY,
        ADDRESS,
        needed=("reason", "feedback", "url"),
        decisive=("answer_by",),
    ),
    "decision_reserve": _letter(
        _l("Decision: on the reserve list"),
        TITLE,
        PROGRAMME,
        RANK,
        REASON,
        FEEDBACK,
        ADDRESS,
        needed=("reason", "feedback", "url"),
    ),
    "decision_declined": _letter(
        _l("Decision: not selected"),
        TITLE,
        PROGRAMME,
        REASON,
        FEEDBACK,
        ENDED,
        ADDRESS,
        needed=("reason", "feedback", "url"),
    ),
    "place_confirmed": _letter(_l("Place confirmed"), TITLE, PROGRAMME, ADDRESS),
    "place_given_up": _letter(_l("Place given up"), TITLE, PROGRAMME, needed=()),
    "place_reminder": _letter(_l("Reminder to confirm a place"), TITLE, PROGRAMME, ANSWER_BY, ADDRESS),
    "place_extended": _letter(_l("More time to confirm a place"), TITLE, PROGRAMME, ANSWER_BY, ADDRESS),
    "place_taken_back": _letter(
        _l("Place taken back"), TITLE, PROGRAMME, replace(MESSAGE, name="words", path="words"), ADDRESS
    ),
    "decision_promoted": _letter(
        _l("From the reserve list to a place"), TITLE, PROGRAMME, REFERENCE, CALL, ANSWER_BY, ADDRESS
    ),
    "reserve_closed": _letter(_l("Reserve list closed"), TITLE, PROGRAMME, ENDED, ADDRESS),
    "interview_invited": _letter(_l("Interview: choose a moment"), REFERENCE, PROGRAMME, MESSAGE, CHOOSE_BY, ADDRESS),
    "interview_reminder": _letter(_l("Interview: reminder to choose a moment"), TITLE, CHOOSE_BY, ADDRESS),
    "interview_confirmed": _letter(_l("Interview: moment fixed"), TITLE, MOMENT, ROOM, LINK, CHANGE_BY, ADDRESS),
    "interview_moved": _letter(
        _l("Interview: another moment or place"), TITLE, MOMENT, ROOM, LINK, CHANGE_BY, WHY, ADDRESS
    ),
    "interview_freed": _letter(_l("Interview: moment no longer possible"), TITLE, MOMENT, WHY, CHOOSE_BY, ADDRESS),
    "interview_cancelled": _letter(_l("Interview: cancelled by the applicant"), TITLE, MOMENT, ADDRESS),
    "interview_ended": _letter(_l("Interview: cancelled, the application goes on"), TITLE, MOMENT, WHY, ADDRESS),
    "table_booked": _letter(
        _l("Interview: somebody comes, to the people who lead it"),
        OF_CALL,
        MOMENT,
        ROOM,
        LINK,
        OWN_CALENDAR,
        ADDRESS,
    ),
    "table_changed": _letter(
        _l("Interview: changed, to the people who lead it"),
        OF_CALL,
        MOMENT,
        BEFORE,
        ROOM,
        LINK,
        OWN_CALENDAR,
        ADDRESS,
    ),
    "table_off": _letter(
        _l("Interview: off, to the people who would have led it"), OF_CALL, MOMENT, OWN_CALENDAR, ADDRESS
    ),
    "meeting_invited": _letter(_l("Jury meeting: invitation"), OF_CALL, OF_MEETING, MEETING_PLACE, CALENDAR, ADDRESS),
    "meeting_moved": _letter(
        _l("Jury meeting: another moment or place"),
        OF_CALL,
        OF_MEETING,
        replace(BEFORE, meaning=_l("when the meeting was until now, where the hour changed")),
        MEETING_PLACE,
        CALENDAR,
        ADDRESS,
    ),
    "meeting_cancelled": _letter(
        _l("Jury meeting: cancelled"), OF_CALL, OF_MEETING, CALENDAR, needed=("moment", "calendar")
    ),
    "meeting_seat_lost": _letter(
        _l("Jury meeting: the person is no longer expected"),
        OF_CALL,
        OF_MEETING,
        CALENDAR,
        needed=("moment", "calendar"),
    ),
    "reader_invited": _letter(
        _l("Invitation to a reader"),
        SENDER,
        replace(PROGRAMME, path="call.programme.title"),
        replace(CALL, path="call.title"),
        Placeholder("until", _l("the last day, where there is one"), "due_on", "day", sample=SOON, may_be_empty=True),
        ADDRESS,
        has_secret_link=True,
    ),
    "event_confirmed": _letter(_l("Event: a place"), EVENT, STARTS, PLACE, ADDRESS),
    "event_waiting": _letter(_l("Event: on the waiting list"), EVENT, STARTS, PLACE, ADDRESS),
    "event_moved_up": _letter(_l("Event: a place fell free"), EVENT, STARTS, PLACE, ADDRESS),
    "event_reminder": _letter(_l("Event: the day before"), EVENT, STARTS, PLACE, ADDRESS),
    "event_cancelled": _letter(_l("Event: registration cancelled"), EVENT, STARTS, PLACE, ADDRESS),
    "subscription_opened": _subscribed(_l("A call opened, to subscribers"), may_be_empty=True),
    "subscription_closing": _subscribed(_l("A call closes in a week, to subscribers")),
    "message_received": _letter(
        _l("Message through the site, to the team"),
        Placeholder("sender", _l("the name of the writer"), "message.name", sample="Amina Haddad"),
        Placeholder("email", _l("their e-mail address"), "message.email", sample="amina@example.be"),
        Placeholder("received", _l("when they wrote"), "message.received_at", "moment", sample=SOON),
        Placeholder("words", _l("the words of the message"), "words", "passage", sample=SOME_WORDS),
        ADDRESS,
        needed=("words", "url"),
    ),
    "message_copy_link": Kind(_l("Message through the site: link to a copy"), (ADDRESS,)),
    "message_copy": _letter(
        _l("Message through the site: the copy"),
        Placeholder("received", _l("when they wrote"), "message.received_at", "moment", sample=SOON),
        Placeholder("words", _l("the words of the message"), "words", "passage", sample=SOME_WORDS),
        needed=("words",),
    ),
}


# Letters that use their template only.
UNWORDED = {
    "subscription_confirm": _l("Link to confirm a subscription"),
    "subscription_renewal": _l("A subscription ends soon"),
    "decision_corrected": _l("A decision was corrected"),
    "reader_assigned": _l("A reader has new files"),
    "reader_reminder": _l("A reader is reminded"),
    "criteria_changed": _l("Criteria or form of a call changed, to its readers"),
}


def has_secret_link(kind: str) -> bool:
    """True when every letter of this kind contains a sign-in link."""
    return kind in KINDS and KINDS[kind].has_secret_link


def kind_name(kind: str) -> str:
    """The label of a kind of letter; a retired kind shows its code."""
    return str(KINDS[kind].name if kind in KINDS else UNWORDED.get(kind, kind))
