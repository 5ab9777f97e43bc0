"""Edit the showcase."""

from datetime import datetime

from app.accounts.models import Person
from app.core.audit import audit_trail
from app.core.db.base import db
from app.core.db.unique import refuse_duplicate
from app.core.errors import Conflict
from app.core.i18n.bilingual import Bilingual
from app.core.search import search_index
from app.core.text import slugs
from app.enterprises import queries
from app.enterprises.models import Enterprise


def move(enterprise: Enterprise, slug: str, *, by: Person, at: datetime) -> None:
    """Change the slug of an enterprise; the old one redirects for good. Raises Conflict when it is taken."""
    db.session.refresh(enterprise, with_for_update=True)
    before = enterprise.slug
    if before == slug:
        return
    if queries.enterprise(slug) is not None:
        raise Conflict("another enterprise has this address")
    with refuse_duplicate(Conflict("another enterprise has this address")):
        enterprise.slug = slug
    slugs.remember("enterprise", Bilingual.of(before), Bilingual.of(slug))
    search_index.put(queries.search_documents([enterprise]))
    audit_trail.record(
        "enterprise.moved", by=by.ref, about=f"enterprise:{enterprise.id}", at=at, before=before, after=slug
    )
