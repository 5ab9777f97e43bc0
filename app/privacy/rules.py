"""The retention table: how long each kind of data is kept, from when, and what is left afterwards.

The worker applies it (`actions/retention.py`), My data quotes it, and the public privacy page shows it. The periods are
proposals (domain facts, section 5.6) for the centre to confirm.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.applications.rules.states import State
from app.core.text.periods import Period
from app.subscriptions import rules as subscriptions

WARNED_BEFORE = timedelta(days=14)
TAKING_PART = frozenset({State.ACCEPTED, State.CONFIRMED})
UNDECIDED = frozenset({State.SUBMITTED, State.INCOMPLETE, State.ELIGIBLE, State.IN_REVIEW, State.INTERVIEW, State.JURY})
ENDED = frozenset({State.DECLINED, State.INELIGIBLE, State.WITHDRAWN, State.DECLINED_BY_TEAM})
COUNTED = _l("What we count: call, language, municipality, outcome and dates, without name or text.")
NOTHING = _l("Nothing.")


@dataclass(frozen=True)
class Retention:
    """One kind of data. Without a `period`, `start` says why it goes or stays.

    `states`: the application states of this row. `goes_with`: the row with which it is deleted.
    """

    key: str
    what: LazyString
    period: Period | None
    start: LazyString
    remains: LazyString
    states: frozenset[State] = frozenset()
    goes_with: str = ""

    @property
    def stays(self) -> str:
        """The retention in the page's language: `6 months after the outcome`."""
        if self.period is None:
            return str(self.start)
        return _("%(period)s %(start)s", period=self.period.words(), start=self.start)


RETENTION: tuple[Retention, ...] = (
    Retention(
        "drafts",
        _l("Draft that was not handed in"),
        Period(90, "days"),
        _l("after the call closed, or after you last wrote in it if that is later"),
        NOTHING,
        frozenset({State.DRAFT}),
    ),
    Retention(
        "rolling_drafts",
        _l("Draft for a call without a deadline"),
        Period(12),
        _l("after you last wrote in it"),
        NOTHING,
        frozenset({State.DRAFT}),
    ),
    Retention(
        "undecided",
        _l("Application that was handed in and not decided yet"),
        Period(24),
        _l("after the last step"),
        COUNTED,
        UNDECIDED,
    ),
    Retention(
        "ended",
        _l("Application that was not selected, not admissible or withdrawn, or whose place was given up"),
        Period(6),
        _l("after the outcome"),
        COUNTED,
        ENDED,
    ),
    Retention(
        "kept",
        _l("Application that we keep for a next call, with your consent"),
        Period(24),
        _l("after you gave the consent, or until you withdraw it"),
        COUNTED,
        goes_with="ended",
    ),
    Retention(
        "reserve",
        _l("Application on the reserve list"),
        Period(6),
        _l("after the last date of the call, or after the decision if that is later"),
        COUNTED,
        frozenset({State.RESERVE}),
    ),
    Retention(
        "taking_part",
        _l("Application that was selected"),
        Period(36),
        _l("after the selection or the confirmation of the place"),
        COUNTED,
        TAKING_PART,
    ),
    Retention(
        "attachments",
        _l("Attachments and PDF files of an application"),
        None,
        _l("as long as the application"),
        NOTHING,
        goes_with="application",
    ),
    Retention(
        "reading",
        _l("Notes of the team, tags, reviews, feedback and declared conflicts of interest"),
        None,
        _l("as long as the application"),
        _l("Scores, as numbers without a text."),
        goes_with="application",
    ),
    Retention(
        "minutes",
        _l("Remarks in the minutes of a jury"),
        Period(36),
        _l("after the meeting"),
        _l("Who sat in the jury, and the outcomes."),
    ),
    Retention(
        "statistics",
        _l("Optional answers for the statistics (such as gender and age)"),
        None,
        _l("counted at once, never kept with your application"),
        _l("Counts per call; groups under 5 are hidden."),
    ),
    Retention(
        "registrations",
        _l("Registration for an activity"),
        Period(6),
        _l("after the activity"),
        _l("How many people registered and came."),
    ),
    Retention(
        "access_needs",
        _l("What you need to take part in an activity, with your consent"),
        Period(7, "days"),
        _l("after the activity, or until you cancel or remove it"),
        NOTHING,
    ),
    Retention("messages", _l("Message through the contact page"), Period(6), _l("after it was handled"), NOTHING),
    Retention(
        "newsletter",
        _l("Address for the newsletter, with your consent in an application form"),
        Period(24),
        _l("after you gave the consent, or until you withdraw it"),
        _l("The consent itself, as proof."),
    ),
    Retention(
        "subscriptions",
        _l("Address for e-mails about calls and for the newsletter, asked for on our site"),
        subscriptions.KEPT,
        _l("after you confirmed or renewed it, or until you stop it"),
        NOTHING,
    ),
    Retention(
        "subscription_requests",
        _l("Address for such e-mails, not confirmed yet"),
        subscriptions.UNCONFIRMED,
        _l("after you filled it in"),
        NOTHING,
    ),
    Retention("consents", _l("Proof of a consent"), Period(12), _l("after it ended or was withdrawn"), NOTHING),
    Retention(
        "letters",
        _l("E-mails that we sent"),
        Period(24),
        _l(
            "after they were written, or as long as the application, the activity, the message or the subscription "
            "that they are about"
        ),
        NOTHING,
    ),
    Retention("late_codes", _l("Code for a late application"), Period(6), _l("after its last day"), NOTHING),
    Retention(
        "unsaved_texts",
        _l("Text that you sent after your sign-in had ended"),
        Period(7, "days"),
        _l("after you sent it, or until you save it"),
        NOTHING,
    ),
    Retention(
        "unsent_texts",
        _l("Text that team and jury typed and did not send"),
        Period(7, "days"),
        _l("after it was typed, or until it is sent"),
        NOTHING,
    ),
    Retention("sign_in_links", _l("Links to sign in"), Period(30, "days"), _l("after use or expiry"), NOTHING),
    Retention("sign_ins", _l("Devices on which you signed in"), Period(12), _l("after the sign-in ended"), NOTHING),
    Retention("looks", _l("Who opened which application, and when"), Period(12), _l("after the day itself"), NOTHING),
    Retention(
        "accounts",
        _l("Your name and e-mail address"),
        Period(12),
        _l("after your last sign-in ended, once nothing else of you is kept"),
        _l("A number without a name, to which the log points."),
    ),
    Retention(
        "team_accounts",
        _l("Names of team and jury"),
        None,
        _l("as long as they work with us"),
        _l("Their name with what they decided, as long as that is kept."),
    ),
    Retention(
        "audit",
        _l("Log of actions: who did what, and when"),
        None,
        _l("for good, so that nobody can alter it unseen"),
        _l("Numbers and codes only: no name, address or text."),
    ),
    Retention(
        "limits",
        _l("Counts per internet or e-mail address against abuse"),
        Period(24, "hours"),
        _l("at most, after the form was sent"),
        NOTHING,
    ),
    Retention(
        "server_log",
        _l("Log of the web server"),
        None,
        _l("as long as the host of the site needs it for security"),
        _l("Without name, e-mail address or answers."),
    ),
    Retention(
        "backups",
        _l("Backup copies"),
        None,
        _l("until a newer copy replaces them"),
        _l("After a copy is put back, everything whose time is over goes again."),
    ),
)
BY_KEY = {one.key: one for one in RETENTION}

REVIEWER, JURY, TEAM = "reader", "jury", "team"


def role_label(role: str, number: int = 0) -> str:
    """The role of somebody who handled an application, as the applicant reads it; no name."""
    if role == REVIEWER:
        return _("reader %(number)s", number=number)
    return _("a member of the jury") if role == JURY else _("the Coopcity team")


def period(key: str) -> Period:
    """The period of one kind of data. Raises KeyError for a kind without one."""
    found = BY_KEY[key].period
    if found is None:
        raise KeyError(key)
    return found


def row_of(state: str) -> Retention:
    """The row about applications in this state."""
    return next(one for one in RETENTION if state in one.states)


def draft_ends_at(saved_at: datetime, closes_at: datetime | None) -> datetime:
    """When an unsubmitted draft is deleted; each save postpones it."""
    if closes_at is None:
        return period("rolling_drafts").after(saved_at)
    return period("drafts").after(max(saved_at, closes_at))
