"""What the room site adds to the application."""

from app.core.http.errorpages import SUGGESTIONS
from app.core.rooms import Room
from app.site.views import development, pictures, public

ROOM = Room(
    blueprints=(public.bp, pictures.bp),
    development=(development.bp,),
    template_globals={"picture": pictures.picture_address},
    offers=(SUGGESTIONS.offer(public.suggestions),),
)
