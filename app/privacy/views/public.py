"""The retention table for everybody, and the last page of somebody who was erased."""

from flask import render_template

from app.accounts.guards import everyone
from app.core.http.web import AppBlueprint
from app.privacy.rules import RETENTION, Retention

bp = AppBlueprint("privacy_public", __name__, guard=everyone)


@bp.page(nl="/gegevens-gewist", fr="/donnees-effacees")
def erased() -> str:
    return render_template("privacy/public/erased.html")


def retention() -> tuple[Retention, ...]:
    """What the public privacy page shows: a template global."""
    return RETENTION
