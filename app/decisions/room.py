"""What the room decisions adds to the application."""

from app.core.rooms import Room
from app.decisions import jobs
from app.decisions.views import applicant, calls, places, reserve, staff
from app.ranking.exports import COLUMNS

ROOM = Room(
    blueprints=(staff.bp, calls.bp, places.bp, reserve.bp, applicant.bp),
    jobs=(jobs.remind,),
    template_globals={"told": applicant.told},
    offers=(COLUMNS.offer((staff.ADVICE, staff.advices)),),
)
