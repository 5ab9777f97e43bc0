"""The rooms of the application, in import order: a room imports only rooms before it."""

from app.accounts import room as accounts
from app.api import room as api
from app.applications import room as applications
from app.casework import room as casework
from app.conflicts import room as conflicts
from app.contact import room as contact
from app.content import room as content
from app.core.rooms import Room
from app.dashboard import room as dashboard
from app.decisions import room as decisions
from app.documents import room as documents
from app.enterprises import room as enterprises
from app.events import room as events
from app.form_builder import room as form_builder
from app.impact import room as impact
from app.intake import room as intake
from app.interviews import room as interviews
from app.mail import room as mail
from app.meetings import room as meetings
from app.outbox import room as outbox
from app.people import room as people
from app.privacy import room as privacy
from app.programmes import room as programmes
from app.ranking import room as ranking
from app.review import room as review
from app.reviewers import room as reviewers
from app.site import room as site
from app.subscriptions import room as subscriptions

ROOMS: list[Room] = [
    mail.ROOM,
    accounts.ROOM,
    content.ROOM,
    events.ROOM,
    form_builder.ROOM,
    contact.ROOM,
    programmes.ROOM,
    enterprises.ROOM,
    applications.ROOM,
    conflicts.ROOM,
    subscriptions.ROOM,
    reviewers.ROOM,
    review.ROOM,
    ranking.ROOM,
    casework.ROOM,
    interviews.ROOM,
    decisions.ROOM,
    meetings.ROOM,
    impact.ROOM,
    intake.ROOM,
    documents.ROOM,
    privacy.ROOM,
    outbox.ROOM,
    site.ROOM,
    dashboard.ROOM,
    api.ROOM,
    people.ROOM,
]
