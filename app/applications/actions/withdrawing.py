"""Withdraw a consent that was given in an application form."""

from datetime import datetime

from sqlalchemy import select

from app.applications.models import Application
from app.consents import actions as consents
from app.consents.models import Consent
from app.core.db.base import db, lock_where


def withdraw_consent(consent: Consent, *, by: str, at: datetime) -> None:
    """End a consent at once: newsletter and retention check consents on every use.

    The box is no longer ticked in the applications it came from; submissions stay as they were.
    """
    consents.withdraw(consent, by=by, at=at)
    owns = Application.person_id == consent.person_id
    where = owns if consent.application_id is None else Application.id == consent.application_id
    lock_where(Application, where)
    for one in db.session.scalars(select(Application).where(where).order_by(Application.id)):
        one.declarations = {key: version for key, version in one.declarations.items() if key != consent.purpose}
