"""Lists that grow and shrink without JavaScript: a form per row, and empty ones at the end."""

from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.pairs import Pair, RowForm
from app.programmes.rules import SCORES, STAGE, YES_NO

REACHED = {
    "": _l("no step in the file"),
    "submitted": _l("handed in"),
    "eligible": _l("checked for admissibility"),
    "in_review": _l("being read"),
    "interview": _l("invited for an interview"),
    "jury": _l("before the jury"),
    "accepted": _l("decided"),
    "confirmed": _l("confirmed by the team"),
}


class StepForm(RowForm):
    """A dated line of the selection plan."""

    PAIRS: ClassVar[dict[str, Pair]] = {
        "title": Pair(_l("What happens"), 120),
        "text": Pair(_l("Explanation"), 400, optional=True),
    }
    on = DateField(_l("Day"), [Optional()])
    reaches = SelectField(
        _l("After this, a file is"),
        choices=[SelectChoice(code, words) for code, words in REACHED.items()],
        validate_choice=False,
    )

    def validate_reaches(self, field: SelectField) -> None:
        """Only a known state."""
        if field.data not in REACHED:
            field.data = ""

    def validate_on(self, field: DateField) -> None:
        """A line needs a day."""
        if field.data is None and not self.is_blank and not self.remove.data:
            raise ValidationError(_("Give a day"))


class CriterionForm(RowForm):
    """What the jury judges by, with a sentence per score."""

    PAIRS: ClassVar[dict[str, Pair]] = {
        "title": Pair(_l("Criterion"), 120),
        **{f"score{score}": Pair(_l("Score %(score)s means", score=score), 300) for score in SCORES},
    }
    code = StringField(_l("Code"))
    weight = IntegerField(_l("Weight"), [Optional()])

    def validate_weight(self, field: IntegerField) -> None:
        """Points of a hundred."""
        if self.is_blank or self.remove.data:
            return
        if field.data is None or not 0 <= field.data <= 100:
            field.errors = []
            raise ValidationError(_("Give a weight from 0 to 100"))


class EligibilityForm(RowForm):
    """A question of the two-minute check."""

    PAIRS: ClassVar[dict[str, Pair]] = {
        "name": Pair(_l("Subject in one or two words"), 60),
        "text": Pair(_l("Question"), 300, 2),
        "hint": Pair(_l("Explanation"), 300, optional=True),
        "advice": Pair(_l("Advice when it does not fit: why, and where to go (Markdown)"), 800, 3),
    }
    kind = SelectField(
        _l("Answers"),
        choices=[SelectChoice(YES_NO, _l("yes or no; yes fits")), SelectChoice(STAGE, _l("the stages of a project"))],
        validate_choice=False,
    )

    def validate_kind(self, field: SelectField) -> None:
        """Only a known kind."""
        if field.data not in (YES_NO, STAGE):
            field.data = YES_NO
