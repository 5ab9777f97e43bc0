"""Lists of addresses as tables."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from app.subscriptions.queries import Address

Table = tuple[Sequence[str], list[Sequence[object]]]


def newsletter_table(found: Iterable[Address]) -> Table:
    """What sending needs, and what proves the consent."""
    return _header(), [_row(one) for one in found]


def calls_table(found: Iterable[Address]) -> Table:
    """The same, with the programmes."""
    return (*_header(), _("Programmes")), [(*_row(one), one.topics) for one in found]


def _header() -> Sequence[str]:
    return _("E-mail"), _("Language"), _("Since"), _("Until"), _("Version of the text")


def _row(one: Address) -> Sequence[object]:
    return one.email, one.language, one.since, one.ends_at, one.version
