"""Every deed on a letter, and on the words of a kind."""

from app.mail.actions.batches import drop, release
from app.mail.actions.composing import Words, compose, greeting_of, shipped, usable_wording, with_greeting, worded
from app.mail.actions.deeds import again, edit, holds_key, move
from app.mail.actions.sealing import lost_its_key, opened
from app.mail.actions.sending import claim, give_back, not_sent, refused, sent, wait_for_server
from app.mail.actions.words import back_to_shipped, reword
from app.mail.actions.writing import queue, write_down

__all__ = [
    "Words",
    "again",
    "back_to_shipped",
    "claim",
    "compose",
    "drop",
    "edit",
    "give_back",
    "greeting_of",
    "holds_key",
    "lost_its_key",
    "move",
    "not_sent",
    "opened",
    "queue",
    "refused",
    "release",
    "reword",
    "sent",
    "shipped",
    "usable_wording",
    "wait_for_server",
    "with_greeting",
    "worded",
    "write_down",
]
