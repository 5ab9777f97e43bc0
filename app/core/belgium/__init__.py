"""Fixed lists of Belgium with both names, and the enterprise number."""

from app.core.belgium.lists import (
    LEGAL_FORMS,
    MUNICIPALITIES,
    MUNICIPALITY_EXTRAS,
    SECTORS,
    LegalForm,
    Municipality,
    Sector,
    in_order,
    municipality_name,
)

__all__ = [
    "LEGAL_FORMS",
    "MUNICIPALITIES",
    "MUNICIPALITY_EXTRAS",
    "SECTORS",
    "LegalForm",
    "Municipality",
    "Sector",
    "in_order",
    "municipality_name",
]
