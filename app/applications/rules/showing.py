"""What lists, headings and the storage show and keep of a file."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from app.core.i18n.bilingual import LOCALES

LONGEST_TITLE = 200


def shown_title(answers: Mapping[str, Any]) -> str:
    """The name of the project, as far as a list has room for it."""
    name = answers.get("project_name")
    return name[:LONGEST_TITLE] if isinstance(name, str) else ""


def shown_language(answers: Mapping[str, Any]) -> str:
    """The language in which the file is written, or nothing when no answer says so."""
    language = answers.get("file_language")
    return str(language) if language in LOCALES else ""


def pdf_digest(submission_id: int, key: str) -> str:
    """Under which name the storage keeps the PDF of a submission of the file with this key."""
    return sha256(f"submission-pdf:{submission_id}:{key}".encode()).hexdigest()


def shown_municipality(answers: Mapping[str, Any]) -> str:
    """The first municipality that was named."""
    places = answers.get("municipalities")
    return str(places[0]) if isinstance(places, list) and places else ""
