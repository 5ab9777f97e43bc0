"""Forms: recommendation, decision, feedback, announcement, correction, and the applicant's answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, IntegerField, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, NumberRange, Optional

from app.applications.rules.states import STATE_NAMES, State
from app.core.http.edit_forms import EditForm
from app.core.http.forms import Form, at_most, needed
from app.core.text.cleaning import sent_number
from app.decisions.rules.outcomes import OUTCOMES, SHORTEST_REASON, Agreed, gaps, is_day_to_answer, is_reused, shown_in

LONGEST_REASON = 6000
LONGEST_FEEDBACK = 4000
LONGEST_ANSWER = 2000
HIGHEST_RANK = 999
MEANWHILE = _l("A colleague changed this meanwhile. Look at both, then keep what is right.")
CHOICES = [SelectChoice(outcome.value, STATE_NAMES[outcome]) for outcome in OUTCOMES]
ANSWERS = {
    State.CONFIRMED: _l("Yes, we take the place"),
    State.DECLINED_BY_TEAM: _l("No, we give up the place"),
}


class DecisionForm(Form):
    """Outcome, reasons in the language of the application, and a rank for the reserve list."""

    outcome = RadioField(_l("Decision"), [needed(_l("Choose a decision"))], choices=CHOICES, validate_choice=False)
    rank = IntegerField(
        _l("Place on the reserve list"),
        [Optional(), NumberRange(1, HIGHEST_RANK, message=_l("Give a place from 1 to 999"))],
    )
    reason = TextAreaField(_l("Reasons, in the language of the file"), [at_most(LONGEST_REASON)])
    deviation = TextAreaField(_l("Why this differs from the agreed minutes"), [at_most(LONGEST_ANSWER)])
    mark = HiddenField()

    def validate_outcome(self, field: RadioField) -> None:
        AnyOf([outcome.value for outcome in OUTCOMES], message=str(_l("Choose a decision")))(self, field)

    def validate_reason(self, field: TextAreaField) -> None:
        """A decision needs reasons before it is announced."""
        if "reason" in gaps(self.outcome.data or "", field.data or "", None):
            raise ValidationError(str(_l("Give the reasons in at least %(count)s characters", count=SHORTEST_REASON)))

    def validate_rank(self, field: IntegerField) -> None:
        """A place on the reserve list needs a rank."""
        if not field.errors and "rank" in gaps(self.outcome.data or "", "", field.data):
            raise ValidationError(str(_l("Give the place on the reserve list")))

    def fits(self, outcome: str, reason: str, agreed: Agreed | None) -> bool:
        """True when the reasons belong to this outcome and a difference from the minutes is explained.

        `outcome` and `reason`: the stored values.
        """
        self.reason.errors, self.deviation.errors = list(self.reason.errors), list(self.deviation.errors)
        if is_reused(outcome, reason, self.outcome.data or "", self.reason.data or ""):
            self.reason.errors.append(_("These reasons were written for another decision: write those of this one"))
        if agreed and agreed.differs(self.outcome.data or "", self.rank.data) and not self.deviation.data:
            self.deviation.errors.append(_("The minutes are agreed: write why this decision differs from them"))
        return not self.reason.errors and not self.deviation.errors


class AdviceForm(EditForm):
    advice = RadioField(
        _l("The team recommends"),
        [needed(_l("Choose what the team recommends"))],
        choices=CHOICES,
        validate_choice=False,
    )
    words = TextAreaField(_l("Why, for the jury"), [at_most(LONGEST_REASON)])

    def validate_advice(self, field: RadioField) -> None:
        AnyOf([outcome.value for outcome in OUTCOMES], message=str(_l("Choose what the team recommends")))(self, field)


class TextForm(Form):
    """The feedback on one criterion; the page has one CSRF token for all of them."""

    class Meta(Form.Meta):
        """No CSRF token per text."""

        csrf = False

    text = TextAreaField(_l("Feedback, in the language of the file"), [at_most(LONGEST_FEEDBACK)])
    mark = HiddenField()


class DayForm(Form):
    answer_by = DateField(_l("Confirm the place by"), [Optional()])

    def wrong_day(self, today: date) -> bool:
        """True, with an error, when the day is missing, past or not a working day."""
        day = self.answer_by.data
        if day is not None and not self.answer_by.errors and is_day_to_answer(day, today):
            return False
        self.answer_by.errors = [_("Choose a working day that is still to come")]
        return True


class AnnounceForm(DayForm):
    """Which decisions are announced, and the last day to confirm a place."""


class TakeBackForm(Form):
    words = TextAreaField(
        _l("What the applicant reads, in the language of the file"),
        [needed(_l("Write why the place is taken back")), at_most(LONGEST_ANSWER)],
    )


class CorrectionForm(DecisionForm, DayForm):
    """Another outcome or other reasons, and why; `read`: a fingerprint of the letter on the page."""

    why = TextAreaField(
        _l("Why it is corrected, in the language of the file"),
        [needed(_l("Write why it is corrected")), at_most(LONGEST_ANSWER)],
    )
    read = HiddenField()


class PlaceForm(Form):
    """Confirm a place or give it up."""

    answer = RadioField(_l("Your answer"), [needed(_l("Choose an answer"))], validate_choice=False)
    reason = TextAreaField(_l("Why, if you want to say"), [at_most(LONGEST_ANSWER)])

    def offer(self, possible: Iterable[State]) -> None:
        """Offer the answers that are possible now."""
        self.answer.choices = [SelectChoice(state.value, ANSWERS[state]) for state in possible]

    def validate_answer(self, field: RadioField) -> None:
        AnyOf([choice.value for choice in field.choices], message=str(_l("Choose an answer")))(self, field)


@dataclass(frozen=True)
class Row:
    """One submitted row of the table of a call."""

    outcome: str
    rank: str
    mark: str
    agreed: Agreed | None = None

    @property
    def is_changed(self) -> bool:
        """True when the row differs from what the page showed."""
        return self.outcome != shown_in(self.mark)[0] or self.has_new_rank

    @property
    def has_new_rank(self) -> bool:
        """True when a rank was typed. Emptying one counts only on the reserve list, which alone has an order."""
        return self.rank != shown_in(self.mark)[1] and bool(self.rank or self.outcome == State.RESERVE)

    @property
    def place(self) -> int | None:
        """The place on the reserve list."""
        return sent_number(self.rank) or None if self.outcome == State.RESERVE else None

    @property
    def error(self) -> str:
        """The error of the row."""
        if self.rank_error:
            return self.rank_error
        if self.outcome not in OUTCOMES:
            return _("Choose a decision")
        if self.agreed and self.agreed.differs(self.outcome, self.place):
            return _("The minutes are agreed: change this decision on its own page, and write why")
        return ""

    @property
    def rank_error(self) -> str:
        """The error of what was typed as a rank."""
        if not self.has_new_rank or not self.rank:
            return ""
        if not 1 <= sent_number(self.rank) <= HIGHEST_RANK:
            return _("Give a place from 1 to 999")
        if self.outcome != State.RESERVE:
            return _("Choose “%(reserve)s” or leave the place empty", reserve=STATE_NAMES[State.RESERVE])
        return ""


def rows_sent(given: Mapping[str, str], ids: Iterable[int], agreed: Mapping[int, Agreed]) -> dict[int, Row]:
    """The submitted rows of these applications; `agreed`: what minutes say about them."""
    return {
        one: Row(
            given[f"outcome-{one}"].strip(),
            given.get(f"rank-{one}", "").strip(),
            given.get(f"mark-{one}", ""),
            agreed.get(one),
        )
        for one in ids
        if f"outcome-{one}" in given
    }
