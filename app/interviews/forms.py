"""Forms about interviews, for team and applicants."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional

from app.applications.models import Application
from app.core import clock
from app.core.http.bilingual_forms import BilingualField, BilingualForm
from app.core.http.edit_forms import EditForm
from app.core.http.forms import Form, at_most, needed
from app.core.i18n import formats
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.i18n.language import language_name
from app.interviews.actions.common import Table
from app.interviews.models import Slot
from app.interviews.queries import slots as slots_queries
from app.interviews.queries import tables
from app.interviews.rules import (
    HELD_IN,
    LONGEST,
    LONGEST_NOTICE,
    LONGEST_PAUSE,
    MOST_SLOTS,
    SHORTEST,
    SHORTEST_NOTICE,
    overlap,
    series,
)
from app.programmes.forms.dates import hour_of

LONGEST_MESSAGE, LONGEST_NOTES = 4000, 20_000
SCHEMES = ("https://", "http://")


class TableForm(BilingualForm):
    """Place, language and interviewers."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {"place": BilingualField(_l("Place"), 200, optional=True)}
    link = StringField(_l("Link for a talk at a distance"), [at_most(500)])
    language = SelectField(
        _l("Language"),
        choices=[SelectChoice(code, words) for code, words in HELD_IN.items()],
        validate_choice=False,
    )
    people = SelectMultipleField(_l("Who sits at the table"), validate_choice=False)

    def offer(self, people: Iterable[Any]) -> None:
        """Offer reviewers of the call and colleagues."""
        self.people.choices = [SelectChoice(str(one.id), one.name) for one in people]

    def validate_language(self, field: SelectField) -> None:
        AnyOf(list(HELD_IN), message=str(_l("Choose a language")))(self, field)

    def validate_link(self, field: StringField) -> None:
        """A valid address; there must be a place or a link."""
        if field.data and (not field.data.startswith(SCHEMES) or " " in field.data):
            raise ValidationError(_("Give the whole address, beginning with https://"))
        if not field.data and not self.texts()["place"].nl and not self.texts()["place"].fr:
            raise ValidationError(_("Say where you meet: a place, or a link"))

    def validate_people(self, field: SelectMultipleField) -> None:
        """At least one interviewer, among those offered."""
        offered = {choice.value for choice in field.choices}
        if not field.data or not set(field.data) <= offered:
            raise ValidationError(_("Tick who sits at the table"))

    @property
    def table(self) -> Table:
        people = [int(one) for one in self.people.data or []]
        return Table(self.texts()["place"], self.link.data or "", self.language.data, people)

    def is_nobody_busy(self, times: list[tuple[datetime, datetime]], *, but: int = 0) -> bool:
        """True when no interviewer is double-booked; otherwise an error names the first one."""
        begins, ends = min(one[0] for one in times), max(one[1] for one in times)
        for row in tables.busy(self.table.people, begins, ends, but=but):
            if any(overlap((row.starts_at, row.ends_at), one) for one in times):
                when = f"{formats.short_day(row.starts_at)}, {formats.hour(row.starts_at)}"
                self._refuse("people", _("%(name)s sits at another table then: %(when)s", name=row.name, when=when))
                return False
        return True


class SeriesForm(TableForm):
    """A series of slots: one day, or the same times on each working day until another."""

    first = DateField(_l("Day"), [Optional()])
    last = DateField(_l("Each working day until"), [Optional()])
    begins = StringField(_l("Begins at"))
    ends = StringField(_l("Ends at"))
    length = IntegerField(
        _l("Minutes each"),
        [
            InputRequired(_l("Give the minutes")),
            NumberRange(SHORTEST, LONGEST, message=_l("Give from 5 to 480 minutes")),
        ],
    )
    pause = IntegerField(
        _l("Minutes between two"), [Optional(), NumberRange(0, LONGEST_PAUSE, message=_l("Give from 0 to 480 minutes"))]
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """At least one slot and not too many, in the future, with available interviewers."""
        fine = bool(super().validate(extra_validators))
        begins, ends = hour_of(self.first, self.begins), hour_of(self.first, self.ends)
        fine = self.is_whole("place") and fine
        if not (fine and begins and ends and self.first.data):
            return False
        last = self.last.data or self.first.data
        self.times = series(
            self.first.data,
            last,
            begins=_time(begins),
            ends=_time(ends),
            length=self.length.data or 0,
            pause=self.pause.data or 0,
        )
        if last < self.first.data:
            self._refuse("last", _("Choose a day after the first one"))
        elif not self.times:
            self._refuse("ends", _("Not one slot fits between these hours"))
        elif len(self.times) > MOST_SLOTS:
            self._refuse("last", _("That makes more than %(count)s slots: choose fewer days", count=MOST_SLOTS))
        elif self.times[0][0] <= clock.now():
            self._refuse("first", _("Choose a moment that is still to come"))
        else:
            return self.is_nobody_busy(self.times)
        return False


class SlotForm(TableForm):
    """One slot. `seen`: a mark of its state when the page was opened."""

    seen = HiddenField()
    day = DateField(_l("Day"), [Optional()])
    begins = StringField(_l("Begins at"))
    ends = StringField(_l("Ends at"))
    reason = TextAreaField(_l("Reason, for the applicant"), [at_most(LONGEST_MESSAGE)])

    @classmethod
    def data_of(cls, slot: Slot, people: list[int]) -> dict[str, Any]:
        """The data as the form shows it."""
        begins, ends = clock.in_brussels(slot.starts_at), clock.in_brussels(slot.ends_at)
        return cls.filled(
            slot,
            day=begins.date(),
            begins=begins.strftime("%H:%M"),
            ends=ends.strftime("%H:%M"),
            link=slot.link,
            language=slot.language,
            people=[str(one) for one in people],
        )

    def is_fresh(self, slot: Slot) -> bool:
        """False, with an error, when somebody chose or released it meanwhile."""
        if self.seen.data != mark_of(slot.revised_at.isoformat()):
            self.say_changed()
        return not self.day.errors

    def say_changed(self) -> None:
        """The error for a slot that changed meanwhile."""
        self._refuse("day", _("This slot changed meanwhile: see above how it stands, and keep it again"))

    def is_fit(self, slot: Slot, guest: Application | None = None) -> bool:
        """Times in order, in the future, available interviewers, and acceptable for the applicant who has it."""
        begins, ends = hour_of(self.day, self.begins), hour_of(self.day, self.ends)
        if not (self.is_whole("place") and begins and ends):
            return False
        if ends <= begins:
            self._refuse("ends", _("The end comes after the beginning"))
        elif begins <= clock.now():
            self._refuse("day", _("Choose a moment that is still to come"))
        elif guest and not self._suits(guest):
            return False
        elif self.is_nobody_busy([(begins, ends)], but=slot.id) and (not guest or self._explains(slot, begins, ends)):
            self.times = (begins, ends)
            return True
        return False

    def _explains(self, slot: Slot, begins: datetime, ends: datetime) -> bool:
        """True when the applicant reads why, if the hour changes."""
        is_moved = (begins, ends) != (slot.starts_at, slot.ends_at)
        if is_moved and not self.reason.data:
            self._refuse("reason", _("Write why, for the mail to the applicant"))
            return False
        return True

    def _suits(self, guest: Application) -> bool:
        in_the_way = slots_queries.misfits(guest, self.table.language, self.table.people)
        if "language" in in_the_way:
            self._refuse("language", _("This applicant applied in another language: choose one that they speak"))
        if "people" in in_the_way:
            self._refuse("people", _("Somebody whom you ticked is too close to the file that comes"))
        return not in_the_way


class PlanForm(EditForm):
    """How applicants of a call choose."""

    notice_hours = IntegerField(_l("Hours before the interview"))

    def validate_notice_hours(self, field: IntegerField) -> None:
        """One hour to two weeks."""
        if field.data is None or not SHORTEST_NOTICE <= field.data <= LONGEST_NOTICE:
            field.errors = []
            raise ValidationError(
                _("Give a number from %(least)s to %(most)s", least=SHORTEST_NOTICE, most=LONGEST_NOTICE)
            )


class InviteForm(Form):
    """Invite the selected applications: last day to choose, and a message in both languages or in none."""

    file = SelectMultipleField(_l("Files to invite"), validate_choice=False)
    choose_by = DateField(_l("Last day to choose"), [Optional()])
    message_nl = TextAreaField(_l("In Dutch"), [at_most(LONGEST_MESSAGE)])
    message_fr = TextAreaField(_l("In French"), [at_most(LONGEST_MESSAGE)])

    @property
    def message(self) -> Bilingual:
        """The text in each language."""
        return Bilingual(**{code: self[f"message_{code}"].data or "" for code in LOCALES})

    def has_whole_message(self) -> bool:
        """Every applicant invited with it reads it, in the language of the application; or nobody does."""
        missing = self.message.missing()
        for side in missing if len(missing) < len(LOCALES) else []:
            message = _("Write the message in %(language)s too", language=language_name(side))
            self[f"message_{side}"].errors = [*self[f"message_{side}"].errors, message]
        return len(missing) in (0, len(LOCALES))

    def is_fit(self, today: date) -> bool:
        """The day must be in the future."""
        if self.choose_by.errors or self.choose_by.data is None or self.choose_by.data <= today:
            self.choose_by.errors = [_("Give a last day that is still to come")]
            return False
        return not self.errors


class UntilForm(EditForm):
    """Another last day to choose for one application."""

    choose_by = InviteForm.choose_by
    is_fit = InviteForm.is_fit


class ChooseForm(Form):
    """One of the free slots."""

    slot = RadioField(_l("Free moments"), [needed(_l("Choose a moment"))], validate_choice=False)

    def offer(self, slots: Iterable[Slot]) -> None:
        """Offer the free slots in order."""
        self.slot.choices = [SelectChoice(one.key, "") for one in slots]


class MoveForm(Form):
    """A slot that the team assigns."""

    slot = SelectField(_l("Give this moment"), [needed(_l("Choose a moment"))], validate_choice=False)

    def offer(self, slots: Iterable[Slot]) -> None:
        """Offer the free slots, one line each."""
        self.slot.choices = [
            SelectChoice(one.key, f"{formats.moment(one.starts_at)}, {HELD_IN[one.language]}") for one in slots
        ]


class ReasonForm(Form):
    """Why an appointment is moved or cancelled."""

    reason = TextAreaField(
        _l("Reason, for the applicant"),
        [needed(_l("Write why, for the mail to the applicant")), at_most(LONGEST_MESSAGE)],
    )


class NotesForm(EditForm):
    notes = TextAreaField(_l("Notes of the interview"), [at_most(LONGEST_NOTES)])


def mark_of(text: str) -> str:
    """A short digest of the text."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _time(at: datetime) -> time:
    return clock.in_brussels(at).time()
