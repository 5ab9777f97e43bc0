"""Lists that grow and shrink without JavaScript: a form per row, and empty ones at the end."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from app.core.http.bilingual_forms import BilingualField, BilingualForm, RowForm
from app.core.http.forms import at_most
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.programmes.rules.eligibility import KINDS, STAGE, YES_NO
from app.programmes.rules.rubric import (
    BEGINNINGS,
    HIGHEST,
    LAST_SCORE,
    LOWEST,
    SCORES,
    ReasonNeeded,
    is_scale,
    reason_needed,
    reason_under,
    scale,
)

REASONS = {
    ReasonNeeded.NEVER: _l("never"),
    ReasonNeeded.UNDER: _l("under the score below"),
    ReasonNeeded.ALWAYS: _l("always"),
}
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


LONGEST_CODE = 12


class ReasonForm(BilingualForm):
    """The public reason of a change to a public call, in both languages."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "reason": BilingualField(
            _l("Why this changes"), 400, 2, hint=_l("Shown on the programme page, with today’s date.")
        )
    }

    @property
    def is_blank(self) -> bool:
        """True while both are empty."""
        return not any(self.texts()["reason"][side] for side in LOCALES)

    @property
    def reason(self) -> Bilingual:
        return self.texts()["reason"]

    def is_given(self) -> bool:
        """True when both languages have a reason; otherwise each empty side gets an error."""
        return self.fit_for_everybody({})


class StepForm(RowForm):
    """One row of the selection plan."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "title": BilingualField(_l("What happens"), 120),
        "text": BilingualField(_l("Explanation"), 400, optional=True),
    }
    on = DateField(_l("Day"))
    reaches = SelectField(
        _l("After this, a file is"),
        choices=[SelectChoice(code, words) for code, words in REACHED.items()],
        validate_choice=False,
    )

    def validate_reaches(self, field: SelectField) -> None:
        if field.data not in REACHED:
            field.data = ""

    def validate_on(self, field: DateField) -> None:
        if field.data is None and not (field.raw_data or [""])[0].strip():
            field.errors = []
            if not self.is_blank and not self.remove.data:
                raise ValidationError(_("Give a day"))


class CriterionForm(RowForm):
    """A criterion: weight, scale with a description per score, and when a score needs a reason."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "title": BilingualField(_l("Criterion"), 120),
        **{f"score{score}": BilingualField(_l("Score %(score)s means", score=score), 300) for score in SCORES},
    }
    code = StringField(_l("Code"), [at_most(LONGEST_CODE)])
    weight = IntegerField(_l("Weight"), [Optional()])
    lowest = SelectField(
        _l("Lowest score"),
        choices=[SelectChoice(str(score), str(score)) for score in BEGINNINGS],
        default=str(LOWEST),
        validate_choice=False,
    )
    highest = IntegerField(_l("Highest score"), default=HIGHEST)
    reason = SelectField(
        _l("A reason is needed"),
        choices=[SelectChoice(needed.value, words) for needed, words in REASONS.items()],
        default=ReasonNeeded.NEVER.value,
        validate_choice=False,
    )
    below = IntegerField(_l("Score under which a reason is needed"))

    @classmethod
    def filled(cls, thing: Any, **more: Any) -> dict[str, Any]:
        """The data of a form about this criterion."""
        words = {"title": thing.title} | {f"score{one.score}": one.text for one in thing.anchors}
        sides = {f"{name}_{side}": text[side] for name, text in words.items() for side in LOCALES}
        needed = reason_needed(thing.reason_under, thing.highest)
        below = thing.reason_under if needed is ReasonNeeded.UNDER else None
        own = {"code": thing.code, "weight": thing.weight, "lowest": str(thing.lowest), "highest": thing.highest}
        return sides | own | {"reason": needed.value, "below": below} | more

    def name_in(self, code: str) -> str:
        """Code and title, as far as given."""
        return " ".join(one for one in (self.code.data or "", super().name_in(code)) if one)

    @property
    def scores(self) -> range:
        """The given scale, or the default when it is invalid."""
        lowest, highest = self._ends
        return scale(lowest, highest) if is_scale(lowest, highest) else scale(LOWEST, HIGHEST)

    @property
    def values(self) -> dict[str, Any]:
        """The values that are not bilingual texts."""
        scores = self.scores
        under = reason_under(ReasonNeeded(self.reason.data), self.below.data or 0, scores[-1])
        return {"weight": self.weight.data or 0, "lowest": scores[0], "highest": scores[-1], "reason_under": under}

    def texts(self) -> dict[str, Bilingual]:
        """Descriptions of the scores of this scale only."""
        mine = {"title", *(f"score{score}" for score in self.scores)}
        return {name: text for name, text in super().texts().items() if name in mine}

    def keeps_scale(self, before: Any) -> bool:
        """True when the scale is unchanged. It may not change once the call has opened, because applicants know it."""
        if before is None or (self.scores[0], self.scores[-1]) == (before.lowest, before.highest):
            return True
        self._refuse("highest", _("The scale stays as it is: the call has opened, and people read it before applying"))
        return False

    def validate_highest(self, field: IntegerField) -> None:
        """At least two scores, at most ten."""
        field.errors = []
        if not self._is_left_out and not is_scale(*self._ends):
            raise ValidationError(_("Give a highest score from 2 to %(most)s", most=LAST_SCORE))

    def validate_lowest(self, field: SelectField) -> None:
        if field.data not in {str(score) for score in BEGINNINGS}:
            field.data = str(LOWEST)

    def validate_reason(self, field: SelectField) -> None:
        if field.data not in set(ReasonNeeded):
            field.data = ReasonNeeded.NEVER.value

    def validate_below(self, field: IntegerField) -> None:
        """A score above the lowest one: none is below the lowest. Unused, it may be any number."""
        typed = any(one.strip() for one in field.raw_data or [])
        field.errors = []
        if self._is_left_out or (self.reason.data != ReasonNeeded.UNDER and (field.data is not None or not typed)):
            return
        scores = self.scores
        if field.data not in scores[1:]:
            raise ValidationError(_("Give a score from %(first)s to %(last)s", first=scores[1], last=scores[-1]))

    def refuse_code(self) -> None:
        """Report that another criterion has the same code."""
        words = _("Another criterion has the code %(code)s too: give each its own", code=self.code.data)
        self._refuse("code", words)

    @property
    def _ends(self) -> tuple[int, int]:
        lowest = int(self.lowest.data) if self.lowest.data in {str(score) for score in BEGINNINGS} else LOWEST
        return lowest, -1 if self.highest.data is None else self.highest.data

    @property
    def _is_left_out(self) -> bool:
        return self.is_blank or bool(self.remove.data)

    def validate_weight(self, field: IntegerField) -> None:
        """1 to 100 points."""
        if self._is_left_out:
            return
        if field.data is None or not 0 <= field.data <= 100:
            field.errors = []
            raise ValidationError(_("Give a weight from 0 to 100"))


# The last three are asked by “Which programme suits me?” too: who answered there is not asked again.
ANSWERS = {
    YES_NO: _l("yes or no; yes fits"),
    STAGE: _l("the stages of a project"),
    "team": _l("yes or no: with two at least (the page “Which programme suits me?” asks it too)"),
    "place": _l("yes or no: in Brussels (the page “Which programme suits me?” asks it too)"),
    "aim": _l("yes or no: purpose before profit (the page “Which programme suits me?” asks it too)"),
}


class EligibilityForm(RowForm):
    """A question of the eligibility check."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "name": BilingualField(_l("Subject in one or two words"), 60),
        "text": BilingualField(_l("Question"), 300, 2),
        "hint": BilingualField(_l("Explanation"), 300, optional=True),
        "advice": BilingualField(_l("Advice when it does not fit: why, and where to go (Markdown)"), 800, 3),
    }
    kind = SelectField(
        _l("Answers"),
        choices=[SelectChoice(code, words) for code, words in ANSWERS.items()],
        validate_choice=False,
    )

    def validate_kind(self, field: SelectField) -> None:
        if field.data not in KINDS:
            field.data = YES_NO
