"""How an enterprise is drawn and found."""

from app.core.belgium import LEGAL_FORMS, SECTORS
from app.enterprises.rules.filter import FIRST_YEAR, ORDERS, YEARS, Filter, period_of, years_of
from app.enterprises.rules.house import House, house, skyline, street, svg
from app.enterprises.rules.poster import Poster, drawn

__all__ = [
    "FIRST_YEAR",
    "ORDERS",
    "YEARS",
    "Filter",
    "House",
    "Poster",
    "drawn",
    "house",
    "house_of",
    "period_of",
    "skyline",
    "street",
    "svg",
    "years_of",
]


def house_of(slug: str, legal_form: str, sector: str, jobs: int | None) -> House:
    """The house of an enterprise by its codes; an unknown code gives a plain one."""
    gable = LEGAL_FORMS[legal_form].gable if legal_form in LEGAL_FORMS else "bv"
    fill = SECTORS[sector].fill if sector in SECTORS else "f0"
    return house(slug, gable, fill, jobs)
