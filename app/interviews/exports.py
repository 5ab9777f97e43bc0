"""Interviews as calendar entries, including cancelled ones, for applicants and interviewers."""

from datetime import timedelta

from flask_babel import gettext as _

from app.applications.models import Application
from app.core.exports.calendars import Entry, Reminder
from app.core.i18n.language import locale
from app.interviews.models import CalledOff, Slot
from app.programmes.models import Call

BEFORE = (timedelta(days=1), timedelta(hours=1))


def of_applicant(application: Application, slot: Slot, url: str) -> Entry:
    """One entry per application, whatever its slot: a change replaces the calendar's copy."""
    words = _("Interview about %(title)s", title=application.title or application.call.title[locale()])
    return Entry(
        kind="interview",
        key=application.key,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        summary=f"Coopcity: {words}",
        description=slot.link,
        place=slot.place[locale()] or slot.link,
        url=url,
        revised_at=slot.revised_at,
        reminders=tuple(Reminder(before, words) for before in BEFORE),
    )


def of_interviewer(slot: Slot, call: Call, reference: str | None, title: str, url: str) -> Entry:
    """One entry per slot; names the applicant unless the application is hidden from the interviewer."""
    words = _("Interview, %(call)s", call=call.title[locale()])
    return Entry(
        kind="slot",
        key=slot.key,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        summary=f"{words}: {reference} {title}".rstrip() if reference else words,
        description=slot.link,
        place=slot.place[locale()] or slot.link,
        url=url,
        revised_at=slot.revised_at,
        reminders=(Reminder(BEFORE[1], words),),
    )


def off_for_applicant(application: Application, off: CalledOff, url: str) -> Entry:
    """The cancelled version of `of_applicant`."""
    title = application.title or application.call.title[locale()]
    words = _("Cancelled: interview about %(title)s", title=title)
    return _off("interview", application.key, off, f"Coopcity: {words}", url)


def off_for_interviewer(off: CalledOff, call: Call, url: str) -> Entry:
    """The cancelled version of `of_interviewer`."""
    return _off("slot", off.slot_key, off, _("Cancelled: interview, %(call)s", call=call.title[locale()]), url)


def _off(kind: str, key: str, off: CalledOff, summary: str, url: str) -> Entry:
    return Entry(
        kind=kind,
        key=key,
        starts_at=off.starts_at,
        ends_at=off.ends_at,
        summary=summary,
        description="",
        place="",
        url=url,
        revised_at=off.at,
        is_cancelled=True,
    )
