"""The figures, each with period, date and source."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from app.accounts.guards import everyone
from app.content.queries import page
from app.core.belgium.lists import LEGAL_FORMS, MUNICIPALITIES, SECTORS
from app.core.drawings import legend
from app.core.http.web import AppBlueprint, redirect_old_slug
from app.core.i18n.addresses import also_at
from app.core.i18n.language import locale
from app.enterprises.rules.filter import period_of, years_of
from app.impact import queries
from app.impact.rules.drawings import arches, bars, block, doors, gables
from app.impact.rules.periods import years

PEOPLE_PER_ARCH = 100

bp = AppBlueprint("impact_public", __name__, guard=everyone)


@bp.page(nl="/impact", fr="/impact")
def impact() -> str:
    known = {indicator.key: indicator for indicator in queries.indicators()}
    latest = {key: indicator.values[-1] for key, indicator in known.items() if indicator.values}
    number = {key: value.value for key, value in latest.items()}
    drawings = {
        "enterprises": gables(number.get("enterprises", 0)),
        "jobs": doors(number.get("jobs", 0)),
        "participants": arches(number.get("participants", 0) // PEOPLE_PER_ARCH),
    }
    return render_template(
        "impact/public/impact.html",
        page=page("impact"),
        known=known,
        latest=latest,
        years=next((value.years for value in latest.values()), ""),  # of the first figure, as on the home page
        block=block(number["projects"], number.get("running", 0)) if number.get("projects") else None,
        drawings={key: drawing for key, drawing in drawings.items() if key in latest},
    )


@bp.page(nl="/impact/straat-in-cijfers", fr="/impact/rue-en-chiffres")
def street() -> str:
    """Figures computed from the showcase."""
    counted = queries.street()
    charts = [
        (facet, title, rows, bars([row[1:] for row in rows]) if len(rows) > 1 else None)  # one row is no chart
        for facet, title, rows in _charts(counted)
        if rows
    ]
    return render_template(
        "impact/public/street.html",
        charts=charts,
        total=sum(counted.get("sector", Counter()).values()),
        families=[(drawing, [LEGAL_FORMS[code].short for code in codes]) for drawing, codes in legend.families()],
        sectors=[(drawing, SECTORS[code].name) for drawing, code in legend.sectors()],
    )


def _charts(counted: dict[str, Counter[str]]) -> list[tuple[str, str, list[tuple[str, str, int]]]]:
    """(filter, title, (code, name, count) per row); rows without code or name are left out."""
    lists: list[tuple[str, str, str, Mapping[str, Any]]] = [
        ("sector", "sector", _("By sector"), SECTORS),
        ("form", "legal_form", _("By legal form"), LEGAL_FORMS),
        ("municipality", "municipality", _("By municipality"), MUNICIPALITIES),
    ]
    charts = []
    for facet, name, title, known in lists:
        ranked = [(code, count) for code, count in counted.get(name, Counter()).most_common() if code != "unknown"]
        charts.append((facet, title, [(code, known[code].name[locale()], n) for code, n in ranked if code in known]))
    years: Counter[str] = Counter()
    for year, count in counted.get("founded", Counter()).items():
        if year:
            years[period_of(int(year))] += count
    return [*charts, ("year", _("By year of founding"), [(code, _years(code), years[code]) for code in sorted(years)])]


def _years(code: str) -> str:
    first, last = years_of(code)
    return f"{first}–{last}" if first else _("before %(year)s", year=last + 1)


@bp.page(nl="/impact/<slug>", fr="/impact/<slug>")
def indicator(slug: str) -> Any:
    found = queries.indicator(locale(), slug)
    if found is None:
        return redirect_old_slug("indicator", slug)
    also_at(slug=found.slug)
    counted = found.values
    series = [(one.years, one.value) for one in counted]
    return render_template(
        "impact/public/indicator.html",
        indicator=found,
        counted=counted,
        latest=counted[-1] if counted else None,
        years=years(counted),
        chart=bars(series) if len(series) > 1 else None,  # one value is a number, not a chart
    )
