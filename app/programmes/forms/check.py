"""The answers to the two-minute check, out of an address; what makes no sense is left out."""

from collections.abc import Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from app.programmes.rules import offered


def check_answers(args: "MultiDict[str, str]", questions: Sequence[Any]) -> dict[int, str]:
    """The known answers, by the position of their question."""
    given = {question.position: args.get(f"q{question.position}", "") for question in questions}
    known = {question.position: offered(question.kind) for question in questions}
    return {position: code for position, code in given.items() if code in known[position]}
