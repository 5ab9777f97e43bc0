"""What a form is, when a question is asked, and what an answer is worth. No database, no request."""

from app.questionnaires.rules.answers import (
    TITLE,
    Problem,
    Progress,
    Row,
    SectionProgress,
    SectionSummary,
    answer_text,
    asked_in,
    declared,
    is_complete,
    problems,
    problems_of,
    progress,
    raw_of,
    rejected,
    summary,
    title_of,
)
from app.questionnaires.rules.bounds import MOST_BYTES, beyond_bounds, size_of
from app.questionnaires.rules.comparing import CHANGE_NAMES, Carried, Change, ChangeKind, carried, compare
from app.questionnaires.rules.conditions import is_asked, shown_in
from app.questionnaires.rules.definition import Choice, Declaration, Definition, Faulty, Question, Section, digest
from app.questionnaires.rules.faults import Fault, faults_of, names_of
from app.questionnaires.rules.identifying import CONTACT, asks_who, is_identifying
from app.questionnaires.rules.kinds import KINDS, kind_of
from app.questionnaires.rules.kinds.lists import options
from app.questionnaires.rules.raw import is_blank
from app.questionnaires.rules.reach import unanswerable
from app.questionnaires.rules.samples import sample, samples

__all__ = [
    "CHANGE_NAMES",
    "CONTACT",
    "KINDS",
    "MOST_BYTES",
    "TITLE",
    "Carried",
    "Change",
    "ChangeKind",
    "Choice",
    "Declaration",
    "Definition",
    "Fault",
    "Faulty",
    "Problem",
    "Progress",
    "Question",
    "Row",
    "Section",
    "SectionProgress",
    "SectionSummary",
    "answer_text",
    "asked_in",
    "asks_who",
    "beyond_bounds",
    "carried",
    "compare",
    "declared",
    "digest",
    "faults_of",
    "is_asked",
    "is_blank",
    "is_complete",
    "is_identifying",
    "kind_of",
    "names_of",
    "options",
    "problems",
    "problems_of",
    "progress",
    "raw_of",
    "rejected",
    "sample",
    "samples",
    "shown_in",
    "size_of",
    "summary",
    "title_of",
    "unanswerable",
]
