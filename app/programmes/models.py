"""Tables: programmes, calls, steps, criteria, eligibility questions and late codes."""

from datetime import date, datetime

from sqlalchemy import Boolean, Date, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.db.base import Model, UTCDateTime, updated_at_column
from app.core.i18n.bilingual import Bilingual, bilingual
from app.programmes.rules.rubric import HIGHEST, LOWEST, scale

OWNED = "all, delete-orphan"  # deleting a row deletes the rows it owns


class Programme(Model):
    """A programme. `code` starts the reference of its applications (SE27-0428).

    `serves`: the codes of its stages, separated by spaces.
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


class Idea(Model):
    """An example of an idea that the centre supports; `sector` is the code of the enterprises like it."""

    __tablename__ = "idea"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Text, unique=True)
    position: Mapped[int]
    sector: Mapped[str] = mapped_column(Text)
    title: Mapped[Bilingual] = bilingual("title")
    text: Mapped[Bilingual] = bilingual("text")


class Call(Model):
    """A dated edition of a programme. `closes_at` is empty for a rolling call.

    Only the team sees a call before `published_at`. From `judging_frozen_at`, the first finished review, criteria,
    scales and form never change. `closed_early_from`: the deadline it had when it closed early. `plan_was_for`: the
    deadline for which the plan was written, until somebody looked at the plan after the deadline moved.
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
    closed_early_from: Mapped[datetime | None] = mapped_column(UTCDateTime)
    plan_was_for: Mapped[datetime | None] = mapped_column(UTCDateTime)

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
    """A dated step of a call. `reaches`: the state in which an application has passed it."""

    __tablename__ = "call_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    on: Mapped[date] = mapped_column(Date)
    reaches: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[Bilingual] = bilingual("title")
    text: Mapped[Bilingual] = bilingual("text")


class Criterion(Model):
    """A criterion with its weight in per cent and its own scale.

    A score below `reason_under` needs a reason; 0: none does.
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
        """The possible scores."""
        return scale(self.lowest, self.highest)

    def needs_reason(self, score: int) -> bool:
        """True when this score needs a reason."""
        return score < self.reason_under


class CallChange(Model):
    """A change of criteria or form (`what`) of a public call, with its reason.

    `notified_at`: when the reviewers were mailed.
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
    """The description of one score of one criterion."""

    __tablename__ = "anchor"
    __table_args__ = (UniqueConstraint("criterion_id", "score"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criterion.id", ondelete="CASCADE"))
    score: Mapped[int]
    text: Mapped[Bilingual] = bilingual("text")


class EligibilityQuestion(Model):
    """One question of the eligibility check before starting. Advice only; answers are not stored.

    `kind`: `yes_no`, or `stage`, whose answers are the stages. `name`: its subject in two words; `advice`: shown when
    the answer does not fit: why, and where to go instead (Markdown).
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
    """A late code: this address may start or submit until `until`.

    Stores a keyed hash, and the last letters so that the team can tell codes apart.
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
