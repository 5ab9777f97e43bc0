"""Taking a decision on one application."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, NumberRange, Optional

from app.applications.rules import STATE_NAMES
from app.core.forms import Form, at_most, needed
from app.decisions.rules import OUTCOMES, SHORTEST_REASON, gaps

LONGEST_REASON = 6000


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
