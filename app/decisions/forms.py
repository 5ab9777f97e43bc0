"""Taking a decision, telling it, answering it."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, NumberRange, Optional

from app.applications.rules import STATE_NAMES, State
from app.core.forms import Form, at_most, needed
from app.decisions.rules import OUTCOMES, SHORTEST_REASON, gaps

LONGEST_REASON = 6000
LONGEST_ANSWER = 2000
ANSWERS = {
    State.CONFIRMED: _l("Yes, we take the place"),
    State.DECLINED_BY_TEAM: _l("No, we give up the place"),
}


class DecisionForm(Form):
    """Outcome, reasons in the language of the file, and a rank for the reserve list."""

    outcome = RadioField(
        _l("Decision"),
        [needed(_l("Choose a decision"))],
        choices=[SelectChoice(outcome.value, STATE_NAMES[outcome]) for outcome in OUTCOMES],
        validate_choice=False,
    )
    rank = IntegerField(
        _l("Place on the reserve list"),
        [Optional(), NumberRange(1, 999, message=_l("Give a place from 1 to 999"))],
    )
    reason = TextAreaField(_l("Reasons, in the language of the file"), [at_most(LONGEST_REASON)])

    def validate_outcome(self, field: RadioField) -> None:
        """Only a known outcome."""
        AnyOf([outcome.value for outcome in OUTCOMES], message=str(_l("Choose a decision")))(self, field)

    def validate_reason(self, field: TextAreaField) -> None:
        """Nobody is told a decision without its reasons."""
        if "reason" in gaps(self.outcome.data or "", field.data or "", None):
            raise ValidationError(str(_l("Give the reasons in at least %(count)s characters", count=SHORTEST_REASON)))

    def validate_rank(self, field: IntegerField) -> None:
        """The reserve list has an order."""
        if not field.errors and "rank" in gaps(self.outcome.data or "", "", field.data):
            raise ValidationError(str(_l("Give the place on the reserve list")))


class TellForm(Form):
    """Telling decisions; whoever is selected has until a day to say whether they come."""

    answer_by = DateField(_l("Confirm the place by"), [Optional()])

    def bad_day(self, today: date) -> str:
        """What is wrong with the day, when somebody is told that they have a place."""
        if self.answer_by.errors or self.answer_by.data is None:
            return str(_l("Give the last day on which a place can be confirmed"))
        return "" if self.answer_by.data > today else str(_l("Choose a day that is still to come"))


class PlaceForm(Form):
    """Taking a place or giving it up."""

    answer = RadioField(_l("Your answer"), [needed(_l("Choose an answer"))], validate_choice=False)
    reason = TextAreaField(_l("Why, if you want to say"), [at_most(LONGEST_ANSWER)])

    def offer(self, possible: Iterable[State]) -> None:
        """Only what may be said now."""
        self.answer.choices = [SelectChoice(state.value, ANSWERS[state]) for state in possible]

    def validate_answer(self, field: RadioField) -> None:
        """Only an offered answer."""
        AnyOf([choice.value for choice in field.choices], message=str(_l("Choose an answer")))(self, field)
