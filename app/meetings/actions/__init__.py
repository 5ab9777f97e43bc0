"""Every deed of a jury meeting."""

from app.meetings.actions.preparing import add_all, add_files, arrange, change, make_meeting, move, remove, seat
from app.meetings.actions.running import (
    NoQuorum,
    agree,
    begin,
    close,
    come,
    decide,
    go,
    have_left,
    open_item,
    postpone,
    reopen,
    reveal,
)

__all__ = [
    "NoQuorum",
    "add_all",
    "add_files",
    "agree",
    "arrange",
    "begin",
    "change",
    "close",
    "come",
    "decide",
    "go",
    "have_left",
    "make_meeting",
    "move",
    "open_item",
    "postpone",
    "remove",
    "reopen",
    "reveal",
    "seat",
]
