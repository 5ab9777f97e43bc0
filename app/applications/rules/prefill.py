"""Prefill what the start form already asked (WCAG 2.2, 3.3.7 redundant entry)."""

from typing import Any


def prefilled(name: str, email: str, language: str) -> dict[str, Any]:
    """Proposed answers by question key; each may be changed."""
    first, _space, last = name.partition(" ")
    return {
        "contact_first_name": first,
        "contact_last_name": last,
        "contact_email": email,
        "file_language": language,
    }
