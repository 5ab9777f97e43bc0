"""Writing pages."""

from datetime import datetime

from app.accounts.models import Person
from app.content.models import Page
from app.content.rules import gaps
from app.core import audit
from app.core.bilingual import Bilingual
from app.core.db import db
from app.core.errors import Conflict


def rewrite(page: Page, *, title: Bilingual, lead: Bilingual, body: Bilingual, by: Person, at: datetime) -> None:
    """Put new words on a page, at once and in both languages. Raises Conflict when one side is empty."""
    if gaps({"title": title, "lead": lead, "body": body}):
        raise Conflict("one language is empty")
    page.title, page.lead, page.body = title, lead, body
    page.updated_at, page.updated_by_id = at, by.id
    db.session.flush()
    audit.record("page.rewritten", by=by.ref, about=f"page:{page.id}", at=at, page=page.key)
