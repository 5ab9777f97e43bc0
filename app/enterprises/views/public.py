"""The showcase and the page of one enterprise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import render_template, request, url_for
from flask_babel import gettext as _

from app.accounts.guards import everyone
from app.content.queries import pages
from app.core.belgium.lists import LEGAL_FORMS, MUNICIPALITIES, SECTORS, in_order, municipality_name
from app.core.drawings.house import svg
from app.core.exports import structured
from app.core.http.web import AppBlueprint, redirect_old_slug
from app.core.i18n.addresses import canonical
from app.core.i18n.language import locale
from app.enterprises import queries
from app.enterprises.forms import ASKED_AS, order, showcase_filter
from app.enterprises.models import Enterprise
from app.enterprises.queries import Counts
from app.enterprises.rules.filter import Filter, years_of

NEIGHBOURS, BESIDE = 4, 2
STREET, ROWS = 13, 24
ASKED = (*ASKED_AS.values(), "sort", "after")
LISTS = {"sector": SECTORS, "legal_form": LEGAL_FORMS}

bp = AppBlueprint("enterprises_public", __name__, guard=everyone)


@dataclass(frozen=True)
class Choice:
    """A filter option, with the number of enterprises it gives together with the other choices."""

    code: str
    name: str
    count: int
    chosen: bool
    address: str = ""


@dataclass(frozen=True)
class Chip:
    """A removable choice, with the number of enterprises after removing it."""

    name: str
    address: str
    would_give: int
    typed: bool = False


@bp.page(nl="/ondernemingen", fr="/entreprises")
def showcase() -> str:
    wanted, sort, after = showcase_filter(request.args), order(request.args), request.args.get("after", "")
    counts = queries.counts(wanted, sort, after=after)
    shown = queries.walk(wanted, sort, after=after, limit=ROWS)
    texts = pages(("enterprises", "demo_note"))
    last = counts.before + len(shown)
    chips = [_chip(facet, code, counts) for facet, code in wanted.choices()]
    municipalities = _choices("municipality", _names(MUNICIPALITIES), wanted, counts)
    return render_template(
        "enterprises/public/showcase.html",
        page=texts.get("enterprises"),
        demo_note=lambda: texts.get("demo_note"),
        counts=counts,
        shown=shown,
        last=last,
        further=_address(after=[shown[-1].slug]) if last < counts.found and shown else "",
        begin=_address(after=[]) if counts.before else "",
        wanted=wanted,
        sort=sort,
        svg=svg,
        street=[row.house for row in shown[:STREET]],
        chips=chips,
        best=max(chips, key=lambda chip: chip.would_give, default=None),
        lists=LISTS,
        municipality_name=municipality_name,
        facets=[
            (ASKED_AS[name], title, _choices(name, names, wanted, counts)) for name, title, names in _facets(counts)
        ],
        municipalities=municipalities,
        on_map={one.code: one for one in municipalities if one.count},
    )


@bp.page(nl="/ondernemingen/<slug>", fr="/entreprises/<slug>")
def enterprise(slug: str) -> Any:
    found = queries.enterprise(slug)
    if found is None:
        return redirect_old_slug("enterprise", slug)
    shown, programme_title, programme_slug = found
    near = queries.neighbours(shown, NEIGHBOURS)
    akin = [row for row in near if row.sector == shown.sector or row.municipality == shown.municipality != ""]
    return render_template(
        "enterprises/public/enterprise.html",
        enterprise=shown,
        programme_title=programme_title,
        programme_slug=programme_slug,
        website_name=urlsplit(shown.website).netloc.removeprefix("www."),
        house=shown.house,
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


def _facets(counts: Counts) -> list[tuple[str, str, dict[str, str]]]:
    """(facet, its name, names of its options in order)."""
    periods = sorted(code for code in counts.facets["period"] if code)
    programmes = {code: title[locale()] for code, title in counts.programmes.items()}
    return [
        ("sector", _("Sector"), _names(SECTORS)),
        (
            "legal_form",
            _("Legal form"),
            {code: one.name[locale()] for code, one in LEGAL_FORMS.items() if code != "unknown"},
        ),
        ("period", _("Founded"), {code: _years(code) for code in periods}),
        ("programme", _("Programme"), dict(sorted(programmes.items(), key=lambda pair: pair[1]))),
    ]


def _names(entries: Mapping[str, Any]) -> dict[str, str]:
    """Code and name of each, in the alphabetical order of the language."""
    return {one.code: one.name[locale()] for one in in_order(entries.values(), locale())}


def _years(code: str) -> str:
    first, last = years_of(code)
    return f"{first}–{last}" if first else _("before %(year)s", year=last + 1)


def _choices(facet: str, names: dict[str, str], wanted: Filter, counts: Counts) -> list[Choice]:
    """Options that give results together with the other choices, and the chosen ones."""
    here, chosen = counts.facets[facet], wanted.chosen(facet)
    return [
        Choice(code, name, here[code], code in chosen, _address(**{ASKED_AS[facet]: [code], "after": []}))
        for code, name in names.items()
        if here[code] or code in chosen
    ]


def _chip(facet: str, code: str, counts: Counts) -> Chip:
    """One removable choice."""
    names = {
        "sector": lambda: SECTORS[code].name[locale()],
        "legal_form": lambda: LEGAL_FORMS[code].short[locale()],
        "period": lambda: _years(code),
        "programme": lambda: counts.programmes[code][locale()] if code in counts.programmes else code,
        "municipality": lambda: municipality_name(code, locale()),
        "text": lambda: code,
    }
    asked = ASKED_AS[facet]
    left = [one for one in request.args.getlist(asked) if facet not in ("text", "municipality") and one != code]
    address = _address(**{asked: left, "after": []})
    return Chip(names[facet](), address, counts.less[facet, code], typed=facet == "text")


def _address(**changed: list[str]) -> str:
    """This page with other choices; unknown parameters are dropped."""
    args: dict[str, Any] = {name: request.args.getlist(name) for name in ASKED} | changed
    return url_for(".showcase", **{name: values for name, values in args.items() if any(values)})
