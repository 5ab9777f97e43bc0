"""The last page of somebody who was erased: they are signed in nowhere any more."""

from flask import render_template

from app.accounts.guards import everyone
from app.core.web import Room

room = Room("privacy_public", __name__, guard=everyone)


@room.page(nl="/gegevens-gewist", fr="/donnees-effacees")
def erased() -> str:
    return render_template("privacy/public/erased.html")
