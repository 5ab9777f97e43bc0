"""The sums of a ranking, in plain Python: values, order, severity, agreement, alarms."""

from app.ranking.rules.agreement import Agreement, alpha, meaning
from app.ranking.rules.alarms import STRICT, Alarm, AlarmKind, alarms
from app.ranking.rules.board import Board, Ranked, ReaderOf, ReaderRow, Row, Sheet, Terms, replayed
from app.ranking.rules.effect import Effect, Shift, effect
from app.ranking.rules.figures import NOTHING, Figures, Measure, Part, Reading, figures
from app.ranking.rules.listing import PAGE_SIZE, Entry, Listing, Only, Wanted, listing
from app.ranking.rules.order import BY_VALUE, Sort, Threshold, band_around, in_order, shared_ranks, threshold
from app.ranking.rules.pairs import AnswerPair, Opinion, SectionPair, beside, readings_of
from app.ranking.rules.severity import SHRINK, Correction, corrected
from app.ranking.rules.shown import Line, ReaderLine, line, reader_lines
from app.ranking.rules.stages import RANKED, STAGES, Progress, has_begun

__all__ = [
    "BY_VALUE",
    "NOTHING",
    "PAGE_SIZE",
    "RANKED",
    "SHRINK",
    "STAGES",
    "STRICT",
    "Agreement",
    "Alarm",
    "AlarmKind",
    "AnswerPair",
    "Board",
    "Correction",
    "Effect",
    "Entry",
    "Figures",
    "Line",
    "Listing",
    "Measure",
    "Only",
    "Opinion",
    "Part",
    "Progress",
    "Ranked",
    "ReaderLine",
    "ReaderOf",
    "ReaderRow",
    "Reading",
    "Row",
    "SectionPair",
    "Sheet",
    "Shift",
    "Sort",
    "Terms",
    "Threshold",
    "Wanted",
    "alarms",
    "alpha",
    "band_around",
    "beside",
    "corrected",
    "effect",
    "figures",
    "has_begun",
    "in_order",
    "line",
    "listing",
    "meaning",
    "reader_lines",
    "readings_of",
    "replayed",
    "shared_ranks",
    "threshold",
]
