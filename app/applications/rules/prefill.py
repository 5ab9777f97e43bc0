"""What the start of an application tells already is not asked again (WCAG 2.2, 3.3.7 redundant entry)."""

from typing import Any


def prefilled(name: str, email: str, language: str) -> dict[str, Any]:
    """Answers to propose, by the keys of the application form; each may be changed."""
    first, _space, last = name.partition(" ")
    return {
        "contact_first_name": first,
        "contact_last_name": last,
        "contact_email": email,
        "file_language": language,
    }
