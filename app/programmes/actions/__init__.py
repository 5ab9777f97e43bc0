"""Every deed on programmes and calls."""

from app.programmes.actions.calls import (
    Line,
    about,
    copy_call,
    make_call,
    publish_call,
    reschedule,
    take_back,
    write_call,
    write_eligibility,
    write_steps,
)
from app.programmes.actions.judging import choose_form, freeze_judging, is_change, write_criteria
from app.programmes.actions.late import end_late_code, give_late_code, use_late_code
from app.programmes.actions.programmes import publish_programme, write_programme

__all__ = [
    "Line",
    "about",
    "choose_form",
    "copy_call",
    "end_late_code",
    "freeze_judging",
    "give_late_code",
    "is_change",
    "make_call",
    "publish_call",
    "publish_programme",
    "reschedule",
    "take_back",
    "use_late_code",
    "write_call",
    "write_criteria",
    "write_eligibility",
    "write_programme",
    "write_steps",
]
