"""Question kinds by name."""

from app.questionnaires.rules.definition import KindName, Question
from app.questionnaires.rules.kinds.attachments import Files
from app.questionnaires.rules.kinds.base import Kind
from app.questionnaires.rules.kinds.choosing import OneChoice, Selected, SeveralChoices
from app.questionnaires.rules.kinds.days import Day
from app.questionnaires.rules.kinds.enterprise import EnterpriseNumber
from app.questionnaires.rules.kinds.figures import Money, Number
from app.questionnaires.rules.kinds.groups import Group
from app.questionnaires.rules.kinds.words import Email, Link, LongText, Phone, ShortText


def kind_of(question: Question) -> Kind:
    """The kind of this question."""
    return KINDS[question.kind]


KINDS: dict[KindName, Kind] = {
    "short_text": ShortText(),
    "long_text": LongText(),
    "email": Email(),
    "phone": Phone(),
    "link": Link(),
    "number": Number(),
    "money": Money(),
    "date": Day(),
    "one_choice": OneChoice(),
    "several_choices": SeveralChoices(),
    "municipalities": SeveralChoices(),
    "sector": Selected(),
    "sectors": SeveralChoices(),
    "legal_form": Selected(),
    "enterprise_number": EnterpriseNumber(),
    "group": Group(kind_of),
    "files": Files(),
}
