"""Error messages that say which question they are about."""

from flask_babel import gettext as _


def about(label: str, message: str) -> str:
    """The message with the name of its question in front, unless it says that name already."""
    name = label.strip().rstrip(" :?\u00a0\u202f")
    if not name or name.casefold() in message.casefold():
        return message
    return _("“%(question)s”: %(message)s", question=label.strip(), message=message)
