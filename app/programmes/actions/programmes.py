"""Create and change programmes."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from app.accounts.models import Person
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.db.unique import refuse_duplicate
from app.core.errors import Conflict
from app.core.i18n.bilingual import Bilingual
from app.core.search import search_index
from app.core.text import slugs
from app.programmes.actions.texts import put_texts
from app.programmes.models import Programme
from app.programmes.queries import public, team


def write_programme(
    programme: Programme | None,
    texts: Mapping[str, Bilingual],
    *,
    values: Mapping[str, Any],
    confirmed: Collection[str],
    by: Person,
    at: datetime,
) -> Programme:
    """Change a programme, or create one that only the team sees. Former slugs redirect.

    Raises Conflict when another programme has its code or one of its slugs.
    """
    is_new = programme is None
    if programme is None:
        programme = Programme(key=values["code"].lower(), slug=texts["slug"])
    else:  # serialises concurrent changes of the slug
        db.session.refresh(programme, with_for_update=True)
    if team.taken(programme.id, values["code"], texts["slug"]):
        raise Conflict("taken")
    before = programme.slug
    with refuse_duplicate(Conflict("taken")):
        for name, value in (dict(values) | (dict(texts) if is_new else {"slug": texts["slug"]})).items():
            setattr(programme, name, value)
        db.session.add(programme)
    if programme.published_at:
        slugs.remember("programme", before, texts["slug"])
    drifting = {name: text for name, text in texts.items() if name != "slug"}
    put_texts(programme, drifting, about=f"programme:{programme.id}", confirmed=confirmed, at=at)
    db.session.flush()
    if programme.published_at:
        search_index.put(public.search_documents())
    action = "programme.made" if is_new else "programme.changed"
    audit_trail.record(action, by=by.ref, about=f"programme:{programme.id}", at=at, programme=programme.key)
    return programme


def publish_programme(programme: Programme, *, by: Person, at: datetime) -> None:
    """Publish a programme; the caller has checked the publish gate."""
    lock(programme)
    if programme.published_at is None:
        programme.published_at = at
        db.session.flush()
        search_index.put(public.search_documents())
        audit_trail.record("programme.published", by=by.ref, about=f"programme:{programme.id}", at=at)
