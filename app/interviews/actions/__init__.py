"""Making slots, inviting, choosing one, changing, cancelling, reminding, and keeping what was said."""

from app.interviews.actions.choosing import cancel, choose, end, free, move_to
from app.interviews.actions.common import Table, Taken
from app.interviews.actions.inviting import give_until, invite, keep_notes, remind, remind_all
from app.interviews.actions.leaving import leave_tables
from app.interviews.actions.slots import change_slot, decide_plan, make_slots, remove_slot

__all__ = [
    "Table",
    "Taken",
    "cancel",
    "change_slot",
    "choose",
    "decide_plan",
    "end",
    "free",
    "give_until",
    "invite",
    "keep_notes",
    "leave_tables",
    "make_slots",
    "move_to",
    "remind",
    "remind_all",
    "remove_slot",
]
