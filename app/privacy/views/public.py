"""The public retention table, and the page after an erasure."""

from flask import render_template

from app.accounts.guards import everyone
from app.core.http.web import AppBlueprint
from app.privacy.rules import RETENTION, Retention

bp = AppBlueprint("privacy_public", __name__, guard=everyone)


@bp.page(nl="/gegevens-gewist", fr="/donnees-effacees")
def erased() -> str:
    return render_template("privacy/public/erased.html")


def retention() -> tuple[Retention, ...]:
    """Template global: the retention table of the privacy page."""
    return RETENTION
