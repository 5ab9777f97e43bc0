"""Every deed on an application."""

from app.applications.actions.common import (
    asks_statistics,
    can_edit,
    deadline_of,
    is_being_changed,
    move_on,
    own_deadline,
    people_of,
    write,
)
from app.applications.actions.handing_in import count_statistics, settle, submit, withdraw
from app.applications.actions.keeping import keep_pdf, thin_revisions
from app.applications.actions.removing import CAN_BE_PUT_BACK, delete_removed_files, detach, drop_unused, reattach
from app.applications.actions.taking_over import discard, hand_over_assistance, take_over
from app.applications.actions.talking import say, write_to_team
from app.applications.actions.team import Removed, accept, invite, let_go, may_accept, may_invite, take_back
from app.applications.actions.writing import (
    Stale,
    attach,
    forget_old_unsaved,
    forget_unsaved,
    keep_unsaved,
    put_back,
    save_section,
    see_changes,
    start,
)

__all__ = [
    "CAN_BE_PUT_BACK",
    "Removed",
    "Stale",
    "accept",
    "asks_statistics",
    "attach",
    "can_edit",
    "count_statistics",
    "deadline_of",
    "delete_removed_files",
    "detach",
    "discard",
    "drop_unused",
    "forget_old_unsaved",
    "forget_unsaved",
    "hand_over_assistance",
    "invite",
    "is_being_changed",
    "keep_pdf",
    "keep_unsaved",
    "let_go",
    "may_accept",
    "may_invite",
    "move_on",
    "own_deadline",
    "people_of",
    "put_back",
    "reattach",
    "save_section",
    "say",
    "see_changes",
    "settle",
    "start",
    "submit",
    "take_back",
    "take_over",
    "thin_revisions",
    "withdraw",
    "write",
    "write_to_team",
]
