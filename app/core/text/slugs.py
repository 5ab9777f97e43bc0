"""Former slugs, which redirect to the current ones."""

from sqlalchemy import Text, UniqueConstraint, delete, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core.db.base import Model, db
from app.core.i18n.bilingual import LOCALES, Bilingual


class FormerSlug(Model):
    """A former slug in one language and the current one. `place`: the kind of thing."""

    __tablename__ = "former_slug"
    __table_args__ = (UniqueConstraint("place", "language", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    slug: Mapped[str] = mapped_column(Text)
    present: Mapped[str] = mapped_column(Text)


def remember(place: str, before: Bilingual, after: Bilingual) -> None:
    """Redirect an old slug to the new one, in each language in which it changed.

    A slug in use again redirects nowhere; one that several things had redirects to the last of them.
    """
    for language in LOCALES:
        old, new = before[language], after[language]
        if old == new:
            continue
        here = (FormerSlug.place == place, FormerSlug.language == language)
        db.session.execute(delete(FormerSlug).where(*here, FormerSlug.slug.in_([old, new])))
        db.session.execute(update(FormerSlug).where(*here, FormerSlug.present == old).values(present=new))
        db.session.add(FormerSlug(place=place, language=language, slug=old, present=new))
    db.session.flush()


def present(place: str, language: str, slug: str) -> str | None:
    """The current slug of what had this one."""
    wanted = select(FormerSlug.present).where(
        FormerSlug.place == place, FormerSlug.language == language, FormerSlug.slug == slug
    )
    return db.session.scalar(wanted)
