"""Forms about meetings: date and place, members, decisions."""

from datetime import datetime
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, NumberRange, Optional

from app.applications.rules.states import STATE_NAMES
from app.core import clock
from app.core.http.bilingual_forms import BilingualField, BilingualForm
from app.core.http.forms import Form, at_most, needed
from app.core.text.cleaning import sent_number
from app.decisions.rules.outcomes import OUTCOMES, SHORTEST_REASON, gaps, is_reused
from app.meetings.rules import MINUTES_EACH, MOST_MEMBERS, MOST_MINUTES, ORDER_NAMES, QUORUM, ROLE_NAMES, Order, Role
from app.programmes.forms.dates import hour_of

LONGEST_NOTES = 10_000
HIGHEST_RANK = 999


class MeetingForm(BilingualForm):
    """Date, time, place, quorum, and minutes per application."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {"place": BilingualField(_l("Place"), 200, optional=True)}
    on = DateField(_l("Day"), [Optional()])
    hour = StringField(_l("Hour"))
    quorum = IntegerField(
        _l("Quorum"),
        [NumberRange(1, MOST_MEMBERS, message=_l("Give a number from 1 to %(most)s", most=MOST_MEMBERS))],
        default=QUORUM,
    )
    minutes_each = IntegerField(
        _l("Minutes for each file"),
        [NumberRange(1, MOST_MINUTES, message=_l("Give a number from 1 to %(most)s", most=MOST_MINUTES))],
        default=MINUTES_EACH,
    )
    starts_at: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """The date and time must exist and be unambiguous; the place is given in each language, or in none."""
        fine = bool(super().validate(extra_validators))
        fine = self.is_whole("place") and fine
        self.starts_at = hour_of(self.on, self.hour)
        return fine and self.starts_at is not None

    @classmethod
    def of(cls, found: Any) -> "MeetingForm":
        local = clock.in_brussels(found.starts_at)
        values = {"quorum": found.quorum, "minutes_each": found.minutes_each}
        return cls(data=cls.filled(found, on=local.date(), hour=local.strftime("%H:%M"), **values))

    @property
    def plain(self) -> dict[str, Any]:
        """Place, quorum and minutes."""
        return {
            "place": self.texts()["place"],
            "quorum": self.quorum.data or QUORUM,
            "minutes_each": self.minutes_each.data or MINUTES_EACH,
        }


class MemberForm(Form):
    """A member with a role."""

    person = SelectField(_l("Who"), validate_choice=False)
    role = SelectField(
        _l("Role"), choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()], validate_choice=False
    )

    def offer(self, people: list[Any], seated: list[Any]) -> None:
        """Offer reviewers and colleagues; existing members may get another role."""
        every = [(str(one.id), one.name) for one in people] + [(str(one.person_id), one.person.name) for one in seated]
        self.person.choices = [SelectChoice(*pair) for pair in every]

    def validate_person(self, field: SelectField) -> None:
        AnyOf([choice.value for choice in field.choices], message=str(_l("Choose somebody")))(self, field)

    def validate_role(self, field: SelectField) -> None:
        AnyOf([role.value for role in Role], message=str(_l("Choose a role")))(self, field)

    @property
    def chosen(self) -> tuple[int, Role]:
        """The chosen person and role."""
        return sent_number(self.person.data or ""), Role(self.role.data)


class OrderForm(Form):
    """The order of the agenda."""

    order = SelectField(
        _l("Order"), choices=[SelectChoice(one.value, name) for one, name in ORDER_NAMES.items()], validate_choice=False
    )

    def validate_order(self, field: SelectField) -> None:
        AnyOf([order.value for order in Order], message=str(_l("Choose an order")))(self, field)


class ListForm(Form):
    """Applications to put on the agenda; all are ticked at first."""

    file = SelectMultipleField(_l("Files before the jury"), validate_choice=False)


class OutcomeForm(Form):
    """The jury's decision on an application."""

    outcome = RadioField(
        _l("Decision"),
        [needed(_l("Choose a decision"))],
        choices=[SelectChoice(one.value, STATE_NAMES[one]) for one in OUTCOMES],
        validate_choice=False,
    )
    rank = IntegerField(
        _l("Place on the reserve list"),
        [Optional(), NumberRange(1, HIGHEST_RANK, message=_l("Give a place from 1 to 999"))],
    )
    reason = TextAreaField(_l("Reasons, in the language of the file"), [at_most(LONGEST_NOTES)])

    draft_seen = HiddenField()

    @classmethod
    def half_typed(cls, draft: dict[str, str]) -> "OutcomeForm":
        """The form with stored, half-typed values; an invalid rank shows as it was typed."""
        form = cls(formdata=None, data={name: text for name, text in draft.items() if name != "rank"})
        form.rank.raw_data = [draft["rank"]] if "rank" in draft else None
        return form

    @property
    def draft(self) -> dict[str, str]:
        """The typed values, valid or not, without empty ones."""
        rank = (self.rank.raw_data or [""])[0].strip()
        typed = {"outcome": self.outcome.data or "", "rank": rank, "reason": self.reason.data or ""}
        return {name: text for name, text in typed.items() if text}

    def validate_outcome(self, field: RadioField) -> None:
        AnyOf([outcome.value for outcome in OUTCOMES], message=str(_l("Choose a decision")))(self, field)

    def validate_reason(self, field: TextAreaField) -> None:
        """A decision needs reasons."""
        if "reason" in gaps(self.outcome.data or "", field.data or "", None):
            raise ValidationError(str(_l("Give the reasons in at least %(count)s characters", count=SHORTEST_REASON)))

    def validate_rank(self, field: IntegerField) -> None:
        """A place on the reserve list needs a rank."""
        if not field.errors and "rank" in gaps(self.outcome.data or "", "", field.data):
            raise ValidationError(str(_l("Give the place on the reserve list")))

    def fits(self, outcome: str, reason: str) -> bool:
        """True when the reasons belong to this outcome; `outcome` and `reason` are the stored values."""
        if not is_reused(outcome, reason, self.outcome.data or "", self.reason.data or ""):
            return True
        words = _("These reasons were written for another decision: write those of this one")
        self.reason.errors = [*self.reason.errors, words]
        return False


class CloseForm(Form):
    """The end of a meeting."""

    notes = TextAreaField(_l("What the minutes should say besides"), [at_most(LONGEST_NOTES)])
    notes_seen = HiddenField()
