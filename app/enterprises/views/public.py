"""The showcase and the page of one enterprise."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from app.accounts.guards import everyone
from app.content.queries import page
from app.core import structured
from app.core.belgium import LEGAL_FORMS, MUNICIPALITIES, SECTORS, in_order, municipality_name
from app.core.errors import Missing
from app.core.i18n import canonical, locale
from app.core.web import Room
from app.enterprises import queries
from app.enterprises.forms import order, showcase_filter
from app.enterprises.models import Enterprise
from app.enterprises.queries import EnterpriseRow
from app.enterprises.rules import Filter, house_of, matches, ordered, stretch, svg

NEIGHBOURS, BESIDE = 4, 2
STREET, ROWS = 13, 24
ASKED = ("q", "municipality", "sector", "form", "sort", "after")
LISTS = {"sector": SECTORS, "legal_form": LEGAL_FORMS}

room = Room("enterprises_public", __name__, guard=everyone)


@dataclass(frozen=True)
class Chip:
    """A choice that can be dropped, and what dropping it would give."""

    name: str
    address: str
    would_give: int
    typed: bool = False


@room.page(nl="/ondernemingen", fr="/entreprises")
def showcase() -> str:
    wanted, sort = showcase_filter(request.args), order(request.args)
    rows = queries.everyone()
    found = ordered([row for row in rows if matches(row, wanted)], sort)
    start, shown = stretch(found, request.args.get("after", ""), ROWS)
    chips = _chips(wanted, rows)
    return render_template(
        "enterprises/public/showcase.html",
        page=page("enterprises"),
        total=len(rows),
        found=found,
        shown=shown,
        start=start,
        further=_address(after=[shown[-1].slug]) if start + len(shown) < len(found) else "",
        wanted=wanted,
        sort=sort,
        street=[row.house for row in found[:STREET]],
        svg=svg,
        chips=chips,
        best=max(chips, key=lambda chip: chip.would_give, default=None),
        lists=LISTS,
        municipality_name=municipality_name,
        **_choices(queries.counts(rows, wanted), rows),
    )


@room.page(nl="/ondernemingen/<slug>", fr="/entreprises/<slug>")
def enterprise(slug: str) -> str:
    found = queries.enterprise(slug)
    if found is None:
        raise Missing
    shown, programme_title, programme_slug = found
    near = queries.neighbours(shown, NEIGHBOURS)
    akin = [row for row in near if row.sector == shown.sector or row.municipality == shown.municipality != ""]
    return render_template(
        "enterprises/public/enterprise.html",
        enterprise=shown,
        programme_title=programme_title,
        programme_slug=programme_slug,
        house=house_of(shown.slug, shown.legal_form, shown.sector, shown.jobs),
        beside=[row.house for row in near[:BESIDE]],
        akin=akin,
        neighbours=akin or near,
        svg=svg,
        sector=SECTORS.get(shown.sector),
        legal_form=LEGAL_FORMS.get(shown.legal_form),
        municipality=municipality_name(shown.municipality, locale()),
        lists=LISTS,
        things=[_facts(shown)],
    )


def _facts(enterprise: Enterprise) -> structured.Thing:
    return structured.enterprise(
        name=enterprise.name,
        description=enterprise.pitch[locale()],
        page=canonical(),
        website=enterprise.website,
        founded=enterprise.founded,
        town=municipality_name(enterprise.municipality, locale()),
    )


def _choices(counts: dict[str, Counter[str]], rows: list[EnterpriseRow]) -> dict[str, Any]:
    """What can be chosen, with how many enterprises each choice would give."""
    in_place = Counter({code: count for code, count in counts["municipality"].items() if code in MUNICIPALITIES})
    first, second = (*in_place.most_common(2), ("", 0), ("", 0))[:2]
    known = {row.legal_form for row in rows} - {"unknown"}
    return {
        "counts": counts,
        "sectors": in_order(SECTORS.values(), locale()),
        "forms": [form for form in LEGAL_FORMS.values() if form.code in known],
        "municipalities": in_order(MUNICIPALITIES.values(), locale()),
        "most": first[1],
        "busiest": first[0] if first[1] > second[1] else "",
    }


def _chips(wanted: Filter, rows: list[EnterpriseRow]) -> list[Chip]:
    """Each choice that can be dropped."""

    def chip(name: str, without: Filter, dropped: tuple[str, str], *, typed: bool = False) -> Chip:
        return Chip(name, _without(*dropped), sum(matches(row, without) for row in rows), typed)

    chips = [
        chip(SECTORS[code].name[locale()], wanted.less(sector=code), ("sector", code)) for code in sorted(wanted.sector)
    ]
    chips += [
        chip(LEGAL_FORMS[code].short[locale()], wanted.less(legal_form=code), ("form", code))
        for code in sorted(wanted.legal_form)
    ]
    if wanted.municipality:
        name = municipality_name(wanted.municipality, locale())
        chips.append(chip(name, wanted.without("municipality"), ("municipality", wanted.municipality)))
    if wanted.text:
        chips.append(chip(wanted.text, wanted.without("text"), ("q", request.args.get("q", "")), typed=True))
    return chips


def _without(name: str, value: str) -> str:
    """This page with one choice dropped, from its start."""
    return _address(**{name: [one for one in request.args.getlist(name) if one != value]}, after=[])


def _address(**changed: list[str]) -> str:
    """This page with other choices; only names that are ours, whatever else the address holds."""
    args: dict[str, Any] = {name: request.args.getlist(name) for name in ASKED} | changed
    return url_for(".showcase", **{name: values for name, values in args.items() if any(values)})
