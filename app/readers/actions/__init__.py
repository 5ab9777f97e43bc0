"""Every write about readers and what they read."""

from app.readers.actions.assigning import choose, give, look_for_conflicts, spread
from app.readers.actions.declaring import declare, step_back
from app.readers.actions.people import Plan, Reads, change, decide_plan, invite, invite_again, let_go, take_over
from app.readers.actions.telling import remind, remind_before_the_day, tell, tell_changes

__all__ = [
    "Plan",
    "Reads",
    "change",
    "choose",
    "decide_plan",
    "declare",
    "give",
    "invite",
    "invite_again",
    "let_go",
    "look_for_conflicts",
    "remind",
    "remind_before_the_day",
    "spread",
    "step_back",
    "take_over",
    "tell",
    "tell_changes",
]
