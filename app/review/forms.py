"""What a reviewer sends: scores with reasons, and comments."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import StringField, TextAreaField

from app.core.http.forms import Form, at_most, needed
from app.core.text import cleaning
from app.programmes.models import Criterion
from app.review.rules.scoring import Opinion, Recommendation, Written

CANNOT_JUDGE = "x"
LONGEST_COMMENT = 4000
LONGEST_WHY = 300


class CommentForm(Form):
    text = TextAreaField(_l("Your remark"), [needed(_l("Write a remark first")), at_most(LONGEST_COMMENT)])


class StepBackForm(Form):
    """The reviewer declares a conflict."""

    why = StringField(_l("In a few words"), [at_most(LONGEST_WHY)])


def read_scores(sent: "MultiDict[str, str]", criteria: Iterable[Criterion]) -> Written:
    """Read the review from the POST; an impossible score counts as none.

    Nothing is refused, because drafts may be incomplete.
    """
    recommendation = sent.get("recommendation", "")
    return Written(
        {criterion.id: _opinion(sent, criterion) for criterion in criteria},
        recommendation if recommendation in set(Recommendation) else "",
        cleaning.clean(sent.get("words", "")),
    )


def _opinion(sent: "MultiDict[str, str]", criterion: Criterion) -> Opinion:
    given = sent.get(f"c{criterion.id}", "")
    scores = {str(score): score for score in criterion.scores}
    return Opinion(scores.get(given), given == CANNOT_JUDGE, cleaning.clean(sent.get(f"r{criterion.id}", "")))
