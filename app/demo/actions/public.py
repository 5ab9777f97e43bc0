"""Write fabricated enterprises and events; every row is marked as practice data unless asked otherwise."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.core import clock
from app.core.belgium.holidays import working_day_from
from app.core.db.base import db
from app.core.i18n.bilingual import Bilingual
from app.core.search import search_index
from app.demo.rules.public import an_enterprise, an_evening
from app.enterprises import queries as enterprises
from app.enterprises.models import Enterprise
from app.events import queries as events
from app.events.models import Event
from app.programmes.models import Programme

AT_ONCE = 200
HOURS = timedelta(hours=2)
PLACE = Bilingual("Coenraetsstraat 72, 1060 Sint-Gillis", "Rue Coenraets 72, 1060 Saint-Gilles")
LEAD = Bilingual("Kom luisteren en vragen stellen.", "Venez écouter et poser vos questions.")
SOURCE = Bilingual("verzonnen gegevens", "données fabriquées")
NOTHING = Bilingual("", "")


def fabricate_enterprises(count: int, *, seed: int, real: bool) -> Iterator[int]:
    """Fabricate this many enterprises; yields the size of each batch. Earlier ones stay."""
    known = set(db.session.scalars(select(Enterprise.slug)))
    position = db.session.scalar(select(func.max(Enterprise.position))) or 0
    programme_ids = [None, *db.session.scalars(select(Programme.id).order_by(Programme.id))]
    for begin in range(0, count, AT_ONCE):
        rows = []
        for number in range(begin, min(begin + AT_ONCE, count)):
            made = an_enterprise(number, seed)
            position += 1
            if made.slug not in known:
                rows.append(
                    Enterprise(
                        slug=made.slug,
                        name=made.name,
                        position=position,
                        is_rehearsal=not real,
                        pitch=made.pitch,
                        story=made.story,
                        legal_form=made.legal_form,
                        sector=made.sector,
                        municipality=made.municipality,
                        founded=made.founded,
                        jobs=made.jobs,
                        place=NOTHING,
                        founded_note=NOTHING,
                        source_name=SOURCE,
                        programme_id=programme_ids[number % len(programme_ids)],
                    )
                )
        db.session.add_all(rows)
        db.session.flush()
        search_index.put(enterprises.search_documents(rows))
        yield min(AT_ONCE, count - begin)


def fabricate_events(count: int, *, seed: int, real: bool, at: datetime) -> Iterator[int]:
    """Fabricate this many events around this moment; yields the size of each batch."""
    known = set(db.session.scalars(select(Event.key)))
    for begin in range(0, count, AT_ONCE):
        rows = []
        for number in range(begin, min(begin + AT_ONCE, count)):
            made = an_evening(number, seed)
            on = working_day_from(clock.day_of(at) + timedelta(days=made.in_days))
            starts_at = clock.brussels(on, made.hour)
            if made.key not in known:
                rows.append(
                    Event(
                        key=made.key,
                        slug=Bilingual.of(made.key),
                        title=made.title,
                        lead=LEAD,
                        body=LEAD,
                        place=PLACE,
                        language=made.language,
                        places=made.places,
                        is_rehearsal=not real,
                        starts_at=starts_at,
                        ends_at=starts_at + HOURS,
                    )
                )
        db.session.add_all(rows)
        db.session.flush()
        search_index.put(events.search_documents(rows))
        yield min(AT_ONCE, count - begin)
