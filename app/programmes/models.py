"""Programmes, their calls, the steps of a call, and the criteria it is judged by."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime, updated_at_column
from app.core.i18n.bilingual import Bilingual, bilingual
from app.programmes.rules.rubric import HIGHEST, LOWEST, scale

OWNED = "all, delete-orphan"  # a row that goes takes its own rows along, instead of leaving them without an owner


class Programme(Model):
    """A lasting offer. `code` begins the reference of every application (SE27-0428).

    `serves` holds the codes of the stages it is made for, with a space between them.
    """

    __tablename__ = "programme"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    code: Mapped[str] = mapped_column(Text, unique=True)
    position: Mapped[int]
    slug: Mapped[Bilingual] = bilingual("slug", unique=True)
    title: Mapped[Bilingual] = bilingual("title")
    tagline: Mapped[Bilingual] = bilingual("tagline")
    question: Mapped[Bilingual] = bilingual("question")
    lead: Mapped[Bilingual] = bilingual("lead")
    body: Mapped[Bilingual] = bilingual("body")
    stage: Mapped[Bilingual] = bilingual("stage")
    serves: Mapped[str] = mapped_column(Text, default="")
    duration: Mapped[Bilingual] = bilingual("duration")
    commitment: Mapped[Bilingual] = bilingual("commitment")
    places: Mapped[Bilingual] = bilingual("places")
    price: Mapped[Bilingual] = bilingual("price")
    languages: Mapped[Bilingual] = bilingual("languages")
    selection: Mapped[Bilingual] = bilingual("selection")
    to_send: Mapped[Bilingual] = bilingual("to_send")
    is_example: Mapped[bool] = mapped_column(Boolean, default=False)
    example_note: Mapped[Bilingual] = bilingual("example_note")
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    calls: Mapped[list["Call"]] = relationship(back_populates="programme", order_by="Call.opens_at.desc()")


class Call(Model):
    """A dated edition of a programme. `closes_at` is empty when the call is rolling.

    Nobody outside the team sees a call before `published_at`; it then opens and closes by itself. From
    `judging_frozen_at` on, the first finished review, its criteria, scales and form never change again.
    """

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    title: Mapped[Bilingual] = bilingual("title")
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    grace_minutes: Mapped[int] = mapped_column(default=15)
    places: Mapped[int]
    fee: Mapped[Bilingual] = bilingual("fee")
    questionnaire_version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_version.id"))
    revised_at: Mapped[datetime] = updated_at_column()
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    judging_frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    programme: Mapped[Programme] = relationship(back_populates="calls", lazy="joined")
    eligibility: Mapped[list["EligibilityQuestion"]] = relationship(
        order_by="EligibilityQuestion.position, EligibilityQuestion.id", cascade=OWNED, passive_deletes=True
    )
    steps: Mapped[list["CallStep"]] = relationship(
        order_by="CallStep.on, CallStep.position", cascade=OWNED, passive_deletes=True
    )
    criteria: Mapped[list["Criterion"]] = relationship(
        order_by="Criterion.position, Criterion.id", cascade=OWNED, passive_deletes=True
    )


class CallStep(Model):
    """One dated line of a call's timeline. `reaches`: the state in which a file has this step behind it."""

    __tablename__ = "call_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    on: Mapped[date] = mapped_column(Date)
    reaches: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[Bilingual] = bilingual("title")
    text: Mapped[Bilingual] = bilingual("text")


class Criterion(Model):
    """What a call is judged by, with its weight in points of a hundred and its own scale.

    A score below `reason_under` needs a reason; 0 means that none does.
    """

    __tablename__ = "criterion"
    __table_args__ = (UniqueConstraint("call_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(Text)
    weight: Mapped[int]
    lowest: Mapped[int] = mapped_column(default=LOWEST)
    highest: Mapped[int] = mapped_column(default=HIGHEST)
    reason_under: Mapped[int] = mapped_column(default=0)
    title: Mapped[Bilingual] = bilingual("title")

    anchors: Mapped[list["Anchor"]] = relationship(
        order_by="Anchor.score", lazy="selectin", cascade=OWNED, passive_deletes=True
    )

    @property
    def scores(self) -> range:
        """The scores that can be given."""
        return scale(self.lowest, self.highest)

    def needs_reason(self, score: int) -> bool:
        """Must a reader say why they give this score?"""
        return score < self.reason_under


class CallChange(Model):
    """A change of the criteria or the form (`what`) of a call that was public already, with the reason given.

    `told_at`: when the reviewers of the call were written to about it.
    """

    __tablename__ = "call_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    what: Mapped[str] = mapped_column(Text)
    reason: Mapped[Bilingual] = bilingual("reason")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    announced_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    call: Mapped[Call] = relationship(lazy="joined")


class Anchor(Model):
    """What one score on one criterion means, in words."""

    __tablename__ = "anchor"
    __table_args__ = (UniqueConstraint("criterion_id", "score"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    score: Mapped[int]
    text: Mapped[Bilingual] = bilingual("text")


class EligibilityQuestion(Model):
    """One question of the two-minute check before starting. It advises; nothing is kept.

    `kind` is `yes_no`, or `stage` for the question whose answers are the stages. `name` is its subject in two words,
    `advice` what somebody reads who does not fit: why, and where to go instead (Markdown).
    """

    __tablename__ = "eligibility_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(Text)
    name: Mapped[Bilingual] = bilingual("name")
    text: Mapped[Bilingual] = bilingual("text")
    hint: Mapped[Bilingual] = bilingual("hint")
    advice: Mapped[Bilingual] = bilingual("advice")


class LateCode(Model):
    """A way in after closing time, for one person: whoever has this address may start or hand in until `until`.

    Only a keyed hash of the code is kept, and its last letters, by which the team tells codes apart.
    """

    __tablename__ = "late_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(Text, unique=True)
    ending: Mapped[str] = mapped_column(Text)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    email: Mapped[str] = mapped_column(Text)
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    until: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)

    call: Mapped[Call] = relationship(lazy="joined")
