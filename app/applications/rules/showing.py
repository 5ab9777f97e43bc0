"""Values derived from answers for lists, headings and storage."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from app.core.i18n.bilingual import LOCALES

LONGEST_TITLE = 200


def shown_title(answers: Mapping[str, Any]) -> str:
    """The project name, shortened for lists."""
    name = answers.get("project_name")
    return name[:LONGEST_TITLE] if isinstance(name, str) else ""


def shown_language(answers: Mapping[str, Any]) -> str:
    """The language of the application according to its answers, or an empty string."""
    language = answers.get("file_language")
    return str(language) if language in LOCALES else ""


def pdf_digest(submission_id: int, key: str) -> str:
    """The storage name of a submission's PDF."""
    return sha256(f"submission-pdf:{submission_id}:{key}".encode()).hexdigest()


def shown_municipality(answers: Mapping[str, Any]) -> str:
    """The first municipality in the answers."""
    places = answers.get("municipalities")
    return str(places[0]) if isinstance(places, list) and places else ""
