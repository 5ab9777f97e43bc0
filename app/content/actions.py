"""Edit pages."""

from datetime import datetime

from app.accounts.models import Person
from app.content import queries
from app.content.models import Page
from app.content.rules import FAQ, gaps
from app.core.audit import audit_trail
from app.core.db.base import db, lock
from app.core.errors import Conflict
from app.core.i18n.bilingual import Bilingual
from app.core.search import search_index


def rewrite(
    page: Page, *, title: Bilingual, lead: Bilingual, body: Bilingual | None = None, by: Person, at: datetime
) -> None:
    """Replace the texts of a page in both languages; without `body` that text stays.

    Raises Conflict when one language, or the title, is empty. Unchanged texts leave no audit entry.
    """
    lock(page)
    body = page.body if body is None else body
    if title.missing() or gaps({"lead": lead, "body": body}):
        raise Conflict("one language is empty")
    if (title, lead, body) == (page.title, page.lead, page.body):
        return
    page.title, page.lead, page.body = title, lead, body
    page.updated_at, page.updated_by_id = at, by.id
    db.session.flush()
    if page.key == FAQ:
        search_index.forget_kind("question")
    search_index.put(queries.search_documents([page]))
    audit_trail.record("page.rewritten", by=by.ref, about=f"page:{page.id}", at=at, page=page.key)
