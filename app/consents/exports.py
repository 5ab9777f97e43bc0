"""The newsletter's addresses as a table."""

from collections.abc import Iterable, Sequence

from flask_babel import gettext as _

from app.consents.queries import Subscription


def newsletter_table(found: Iterable[Subscription]) -> tuple[Sequence[str], list[Sequence[object]]]:
    """Header and rows: what sending needs, and what proves the consent."""
    header = (_("E-mail"), _("Language"), _("Consent given on"), _("Consent ends on"), _("Version of the text"))
    return header, [(one.email, one.language, one.given_at, one.ends_at, one.version) for one in found]
