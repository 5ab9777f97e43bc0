"""The showcase and the page of one enterprise."""

from typing import Any

from flask import render_template, request, url_for

from app.accounts.guards import everyone
from app.content.queries import page
from app.core.belgium import LEGAL_FORMS, MUNICIPALITIES, SECTORS, in_order, municipality_name
from app.core.belgium.lists import folded
from app.core.errors import Missing
from app.core.i18n import locale
from app.core.web import Room
from app.enterprises import queries
from app.enterprises.forms import order, showcase_filter
from app.enterprises.queries import EnterpriseRow
from app.enterprises.rules import Filter, house_of, matches, street, svg

NEIGHBOURS = 4
STREET_HOUSES = 13

room = Room("enterprises_public", __name__, guard=everyone)


@room.page(nl="/ondernemingen", fr="/entreprises")
def showcase() -> Any:
    wanted, sort = showcase_filter(request.args), order(request.args)
    rows = queries.everyone()
    found = _sorted([row for row in rows if matches(row, wanted)], sort)
    return render_template(
        "enterprises/public/showcase.html",
        page=page("enterprises"),
        total=len(rows),
        found=found,
        wanted=wanted,
        sort=sort,
        street=street([row.house for row in found[:STREET_HOUSES]] or [row.house for row in rows[:STREET_HOUSES]]),
        svg=svg,
        counts=queries.counts(rows, wanted),
        sectors=in_order(SECTORS.values(), locale()),
        forms=[form for form in LEGAL_FORMS.values() if any(row.legal_form == form.code for row in rows)],
        municipalities=in_order(MUNICIPALITIES.values(), locale()),
        chips=_chips(wanted),
        lists={"sector": SECTORS, "legal_form": LEGAL_FORMS},
        municipality_name=municipality_name,
    )


@room.page(nl="/ondernemingen/<slug>", fr="/entreprises/<slug>")
def enterprise(slug: str) -> Any:
    found = queries.enterprise(slug)
    if found is None:
        raise Missing
    shown, programme_title, programme_slug = found
    neighbours = queries.neighbours(shown, NEIGHBOURS)
    own = house_of(shown.slug, shown.legal_form, shown.sector, shown.jobs)
    return render_template(
        "enterprises/public/enterprise.html",
        enterprise=shown,
        programme_title=programme_title,
        programme_slug=programme_slug,
        house=own,
        beside=[row.house for row in neighbours[:2]],
        neighbours=neighbours,
        svg=svg,
        sector=SECTORS.get(shown.sector),
        legal_form=LEGAL_FORMS.get(shown.legal_form),
        municipality=municipality_name(shown.municipality, locale()),
        lists={"sector": SECTORS, "legal_form": LEGAL_FORMS},
    )


def _sorted(rows: list[EnterpriseRow], sort: str) -> list[EnterpriseRow]:
    if sort == "name":
        return sorted(rows, key=lambda row: folded(row.name))
    if sort == "year":
        return sorted(rows, key=lambda row: (-(row.founded or 0), folded(row.name)))
    return rows


def _chips(wanted: Filter) -> list[tuple[str, str]]:
    """(name, address without it) of each choice that can be dropped."""
    chips = [(SECTORS[code].name[locale()], _without("sector", code)) for code in sorted(wanted.sector)]
    chips += [(LEGAL_FORMS[code].short[locale()], _without("form", code)) for code in sorted(wanted.legal_form)]
    if wanted.municipality:
        name = municipality_name(wanted.municipality, locale())
        chips.append((name, _without("municipality", wanted.municipality)))
    if wanted.text:
        chips.append((f"“{wanted.text}”", _without("q", request.args.get("q", ""))))
    return chips


def _without(name: str, value: str) -> str:
    args: dict[str, Any] = request.args.to_dict(flat=False)
    args[name] = [one for one in args.get(name, []) if one != value]
    return url_for(".showcase", **{key: values for key, values in args.items() if values})
