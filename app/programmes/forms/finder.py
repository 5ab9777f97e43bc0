"""Read a visitor's answers from an address; invalid values are ignored."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.core.belgium.lists import MUNICIPALITIES, MUNICIPALITY_EXTRAS
from app.programmes.rules.carrying import MUNICIPALITY
from app.programmes.rules.eligibility import STAGE, Verdict, name_of, offered
from app.programmes.rules.fitting import Situation, Stage


def check_answers(args: "MultiDict[str, str]", questions: Sequence[Any]) -> dict[str, str]:
    """The known answers to these questions, by name in the address."""
    given = {name_of(question): (args.get(name_of(question), ""), offered(question.kind)) for question in questions}
    return {name: code for name, (code, known) in given.items() if code in known}


STAGES = {
    Stage.IDEA: _l("We have an idea, and many questions"),
    Stage.START: _l("We want to start within the year, or have just started"),
    Stage.YOUNG: _l("We have been at it for less than three years"),
    Stage.GROWN: _l("We have been running for longer, and want to grow or hold firm"),
    Stage.SEVERAL: _l("We are three or more organisations that want to share something"),
}
TEAMS = {"two": _l("At least two, or that is the plan"), "one": _l("I do this alone")}
ROWS = {"1": _l("Only me for now"), "2": _l("Me and somebody else: make room for two")}  # of a form's group of people
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


def carried(args: "MultiDict[str, str]") -> dict[str, str]:
    """What goes along from page to page: the finder's answers, and the municipality that the check asked."""
    code = args.get(MUNICIPALITY, "")
    known = code in MUNICIPALITIES or code in MUNICIPALITY_EXTRAS
    return answers(args) | ({MUNICIPALITY: code} if known else {})


def choices_of(question: Any) -> dict[str, Any]:
    """The answers to a question of the check, by code, with their words."""
    words = list(STAGES.values()) if question.kind == STAGE else [_l("Yes"), _l("No")]
    return dict(zip(offered(question.kind), words, strict=True))


def said(verdict: Verdict) -> str:
    """The answer to a question of the check, in words."""
    return str(choices_of(verdict.question)[verdict.answer])


def situation(given: dict[str, str]) -> Situation:
    """The answers as plain data for the rule."""
    return Situation(
        stage=Stage(given["stage"]) if "stage" in given else None,
        alone=given.get("team") == "one",
        in_brussels=given.get("place") != "other",
        purpose_first=given.get("aim") != "profit",
    )
