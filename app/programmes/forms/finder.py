"""Read a visitor's answers from an address; invalid values are ignored."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.programmes.rules.eligibility import offered
from app.programmes.rules.fitting import Situation, Stage


def check_answers(args: "MultiDict[str, str]", questions: Sequence[Any]) -> dict[int, str]:
    """The known answers, by question position."""
    given = {question.position: args.get(f"q{question.position}", "") for question in questions}
    known = {question.position: offered(question.kind) for question in questions}
    return {position: code for position, code in given.items() if code in known[position]}


STAGES = {
    Stage.IDEA: _l("We have an idea, and many questions"),
    Stage.START: _l("We want to start within the year, or have just started"),
    Stage.YOUNG: _l("We have been at it for less than three years"),
    Stage.GROWN: _l("We have been running for longer, and want to grow or hold firm"),
    Stage.SEVERAL: _l("We are three or more organisations that want to share something"),
}
TEAMS = {"two": _l("At least two, or that is the plan"), "one": _l("I do this alone")}
PLACES = {"brussels": _l("Mainly in the Brussels-Capital Region"), "other": _l("Elsewhere")}
AIMS = {"purpose": _l("A social or ecological need"), "profit": _l("Profit")}


# (parameter, question, answers).
QUESTIONS = (
    ("stage", _l("Where do you stand?"), STAGES),
    ("team", _l("How many of you are there?"), TEAMS),
    ("place", _l("Where will it happen?"), PLACES),
    ("aim", _l("What comes first?"), AIMS),
)


def answers(args: "MultiDict[str, str]") -> dict[str, str]:
    """The known answers, by question."""
    given = {name: args.get(name, "") for name, _question, _choices in QUESTIONS}
    return {name: given[name] for name, _question, choices in QUESTIONS if given[name] in choices}


def situation(given: dict[str, str]) -> Situation:
    """The answers as plain data for the rule."""
    return Situation(
        stage=Stage(given["stage"]) if "stage" in given else None,
        alone=given.get("team") == "one",
        in_brussels=given.get("place") != "other",
        purpose_first=given.get("aim") != "profit",
    )
