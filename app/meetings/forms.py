"""What the team sends about a meeting of the jury."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, IntegerField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional

from app.core import clock
from app.core.forms import Form, at_most, needed
from app.decisions.rules import SHORTEST_REASON, needs_rank
from app.meetings.models import Meeting
from app.meetings.rules import ONLY_ONE, OUTCOME_NAMES, POSTPONED, ROLE_NAMES, Role
from app.programmes.forms import hour_of

LONGEST_REASON, LONGEST_NOTES = 6000, 10_000
MOST_MEMBERS, LONGEST_TALK = 60, 240


class MeetingForm(Form):
    """When, where, how many must be there, how long each file may take."""

    day = DateField(_l("Day"), [Optional()])
    hour = StringField(_l("at"))
    place = StringField(_l("Place"), [at_most(200)])
    quorum = IntegerField(
        _l("Members who must decide together"),
        [InputRequired(_l("Give a number from 1 to 60")),
         NumberRange(1, MOST_MEMBERS, message=_l("Give a number from 1 to 60"))],
    )  # fmt: skip
    minutes_each = IntegerField(
        _l("Minutes for each file"),
        [InputRequired(_l("Give from 1 to 240 minutes")),
         NumberRange(1, LONGEST_TALK, message=_l("Give from 1 to 240 minutes"))],
    )  # fmt: skip
    notes = TextAreaField(_l("Remarks for the minutes"), [at_most(LONGEST_NOTES)])

    @staticmethod
    def data_of(meeting: Meeting) -> dict[str, Any]:
        """The same as the form shows it."""
        begins = clock.in_brussels(meeting.starts_at)
        return {
            "day": begins.date(), "hour": begins.strftime("%H:%M"), "place": meeting.place, "quorum": meeting.quorum,
            "minutes_each": meeting.minutes_each, "notes": meeting.notes,
        }  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:
        """A day and an hour that exist once."""
        fine = bool(super().validate(extra_validators))
        self.starts_at: datetime | None = hour_of(self.day, self.hour)
        return fine and self.starts_at is not None

    def values(self) -> dict[str, Any]:
        """What a deed takes."""
        return {
            "starts_at": self.starts_at, "place": self.place.data or "", "quorum": self.quorum.data,
            "minutes_each": self.minutes_each.data,
        }  # fmt: skip


class OutcomeForm(Form):
    """What the jury decides about the open file."""

    outcome = RadioField(
        _l("Decision"),
        [needed(_l("Choose a decision"))],
        choices=[SelectChoice(code, words) for code, words in OUTCOME_NAMES.items()],
        validate_choice=False,
    )
    rank = IntegerField(
        _l("Place on the reserve list"),
        [Optional(), NumberRange(1, 999, message=_l("Give a place from 1 to 999"))],
    )
    reason = TextAreaField(_l("Reasons, in the language of the file"), [at_most(LONGEST_REASON)])

    def validate_outcome(self, field: RadioField) -> None:
        """Only a known outcome."""
        AnyOf(list(OUTCOME_NAMES), message=str(_l("Choose a decision")))(self, field)

    def validate_reason(self, field: TextAreaField) -> None:
        """No decision without its reasons; what is only postponed needs none."""
        if self.outcome.data != POSTPONED and len((field.data or "").strip()) < SHORTEST_REASON:
            raise ValidationError(str(_l("Give the reasons in at least %(count)s characters", count=SHORTEST_REASON)))

    def validate_rank(self, field: IntegerField) -> None:
        """The reserve list has an order."""
        if not field.errors and needs_rank(self.outcome.data or "") and not field.data:
            raise ValidationError(str(_l("Give the place on the reserve list")))

    def has_free_rank(self, taken: set[int]) -> bool:
        """Two files never have one place."""
        if needs_rank(self.outcome.data or "") and self.rank.data in taken:
            self.rank.errors = [_("Another file has this place: the next free one is %(rank)s", rank=next_rank(taken))]
            return False
        return True


def next_rank(taken: set[int]) -> int:
    """The first place on the reserve list that nobody has."""
    return next(number for number in range(1, len(taken) + 2) if number not in taken)


def roles_sent(sent: "MultiDict[str, str]", people: Iterable[Any]) -> tuple[dict[int, Role], list[tuple[str, str]]]:
    """Who sits in the meeting, by the ids of those whom the page offers; and what is wrong: (control, sentence)."""
    roles: dict[int, Role] = {}
    for one in people:
        given = sent.get(f"role_{one.id}", "")
        if given in ROLE_NAMES:
            roles[one.id] = Role(given)
    words = {
        Role.CHAIR: _("Only one person can be the chair"),
        Role.SECRETARY: _("Only one person can be the secretary"),
    }
    wrong = []
    for role in ONLY_ONE:
        named = [person_id for person_id, given in roles.items() if given is role]
        if len(named) > 1:
            wrong.append((f"role_{named[1]}", words[role]))
    return roles, wrong
