"""The read-only API, the open data, and the page that documents both."""

import json
from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for

from app.accounts.guards import everyone
from app.api import queries
from app.api.exports import openapi as description
from app.api.exports import things
from app.api.exports.meanings import STAGES, STATES, meaning
from app.api.forms import asked, limit
from app.api.rules import COLLECTIONS, EXAMPLES, LICENCE, MOST, PROGRAM, USUAL, columns, lines
from app.core import clock
from app.core.belgium.lists import LEGAL_FORMS, MUNICIPALITIES, SECTORS, in_order
from app.core.errors import Malformed, NotFound
from app.core.exports.csv import rows_as_csv
from app.core.http.security import for_everybody
from app.core.http.web import AppBlueprint
from app.core.i18n.addresses import site_address
from app.core.i18n.language import locale, preferred
from app.impact import queries as impact
from app.programmes.queries import public

NO_PARAMETERS = "this address takes no parameters"

bp = AppBlueprint("api_public", __name__, guard=everyone)


@bp.page(nl="/open-data", fr="/donnees-ouvertes")
def open_data() -> str:
    return render_template(
        "api/public/open_data.html",
        sets={name: [(column, meaning(column)) for column in columns(name)] for name in COLLECTIONS},
        counts=queries.how_many(),
        licence=LICENCE,
        site=site_address(),
    )


@bp.plain("/api")
def root() -> Any:
    return redirect(url_for(".guide", lang=preferred()))


@bp.page(nl="/api", fr="/api")
def guide() -> str:
    site, language = site_address(), locale()
    return render_template(
        "api/public/guide.html",
        site=site,
        examples=EXAMPLES,
        program=PROGRAM.format(site=site),
        codes={
            "sectors": [(one.code, one.name[language]) for one in in_order(SECTORS.values(), language)],
            "legal_forms": [(one.code, one.name[language]) for one in in_order(LEGAL_FORMS.values(), language)],
            "municipalities": [(one.code, one.name[language]) for one in in_order(MUNICIPALITIES.values(), language)],
            "states": list(STATES.items()),
            "stages": list(STAGES.items()),
        },
        licence=LICENCE,
        most=MOST,
        usual=USUAL,
    )


@bp.plain("/api/v1/openapi.json")
def openapi() -> Response:
    return for_everybody(jsonify(description.openapi(site_address())))


@bp.plain("/api/v1/lists")
def lists() -> Response:
    if request.args:
        raise Malformed(NO_PARAMETERS)
    found: dict[str, Any] = {"sectors": SECTORS, "legal_forms": LEGAL_FORMS, "municipalities": MUNICIPALITIES}
    codes = {
        name: [{"code": one.code, "name": things.texts(one.name)} for one in entries.values()]
        for name, entries in found.items()
    }
    return for_everybody(jsonify(codes))


@bp.plain("/api/v1/<collection>")
def items(collection: str) -> Response:
    if collection not in COLLECTIONS:
        raise NotFound
    wanted = asked(collection, request.args)
    most = limit(wanted, request.args) if "limit" in COLLECTIONS[collection][1] else 0
    if wanted.get("after") and not queries.exists(collection, wanted["after"]):
        raise NotFound("after: no item of this collection has this key")
    found = READ[collection](wanted, most + 1 if most else 0)
    shown = found[:most] if most else found
    further = ""
    if len(found) > len(shown):
        rest: dict[str, Any] = {name: value for name, value in wanted.items() if value and name != "after"}
        key = shown[-1]["slug" if collection == "enterprises" else "key"]
        further = site_address() + url_for(".items", collection=collection, **rest, after=key)
    return for_everybody(jsonify(items=shown, next=further or None, licence=LICENCE))


@bp.plain("/api/v1/<collection>/<key>")
def item(collection: str, key: str) -> Response:
    if collection not in COLLECTIONS:
        raise NotFound
    if request.args:
        raise Malformed(NO_PARAMETERS)
    if collection == "enterprises":
        row = queries.enterprise(key)
        found = [things.enterprise(*row)] if row else []
    else:
        found = [one for one in READ[collection]({}, 0) if one["key"] == key]
    if not found:
        raise NotFound
    return for_everybody(jsonify(found[0]))


@bp.plain("/open-data/<name>.csv")
def table(name: str) -> Response:
    header, rows = _rows(name)
    answer = Response(rows_as_csv(header, [[row[column] for column in header] for row in rows]))
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="coopcity-{name}.csv"'
    return for_everybody(answer)


@bp.plain("/open-data/<name>.json")
def data(name: str) -> Response:
    header, rows = _rows(name)
    fields = [{"name": column, **things.texts(meaning(column))} for column in header]
    content = {"set": name, "licence": LICENCE, "fields": fields, "rows": rows}
    return for_everybody(Response(json.dumps(content, ensure_ascii=False), mimetype="application/json"))


def _rows(name: str) -> tuple[list[str], list[dict[str, Any]]]:
    if name not in COLLECTIONS:
        raise NotFound
    return columns(name), lines(name, READ[name]({}, 0))


def _programmes(_wanted: dict[str, str], _most: int) -> list[dict[str, Any]]:
    return [things.programme(one) for one in public.programmes(clock.now())]


def _calls(_wanted: dict[str, str], _most: int) -> list[dict[str, Any]]:
    return [things.call(*row, at=clock.now()) for row in queries.calls()]


def _enterprises(wanted: dict[str, str], most: int) -> list[dict[str, Any]]:
    chosen = {name: wanted.get(name, "") for name in ("sector", "legal_form", "municipality", "after")}
    return [things.enterprise(*row) for row in queries.enterprises(**chosen, limit=most)]


def _events(wanted: dict[str, str], most: int) -> list[dict[str, Any]]:
    found = queries.events(wanted.get("when", ""), clock.now(), after=wanted.get("after", ""), limit=most)
    return [things.event(*row) for row in found]


def _news(wanted: dict[str, str], most: int) -> list[dict[str, Any]]:
    return [things.article(one) for one in queries.news(after=wanted.get("after", ""), limit=most)]


def _indicators(_wanted: dict[str, str], _most: int) -> list[dict[str, Any]]:
    return [things.indicator(one) for one in impact.indicators()]


READ: dict[str, Callable[[dict[str, str], int], list[dict[str, Any]]]] = {
    "programmes": _programmes,
    "calls": _calls,
    "enterprises": _enterprises,
    "events": _events,
    "news": _news,
    "indicators": _indicators,
}
