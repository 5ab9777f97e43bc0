"""An applicant's own papers."""

from typing import Any

from app.accounts.guards import applicants, sign_in
from app.applications.access import seat_at
from app.applications.queries import open_file
from app.applications.rules import Right
from app.core import clock
from app.core.exports.pdf import as_paper
from app.core.web import Room
from app.papers.exports import whole_file

room = Room("papers_applicant", __name__, guard=applicants)


@room.page(nl="/mijn-dossier/<key>/pdf", fr="/mon-dossier/<key>/pdf")
def whole(key: str) -> Any:
    file = open_file(seat_at(key, sign_in, Right.READ).application)
    name = f"{file.application.reference or 'coopcity'}.pdf"
    return as_paper("papers/applicant/whole.typ", whole_file(file, at=clock.now()), name=name)
