"""The OpenAPI 3.1 document, generated from the response shapes."""

from typing import Any

from pydantic import create_model
from pydantic.json_schema import models_json_schema

from app.api.rules import COLLECTIONS, LICENCE, MOST, USUAL, WHEN, Lists, Problem, Shape
from app.core.belgium.lists import LEGAL_FORMS, MUNICIPALITIES, SECTORS

ABOUT = (
    "Programmes, calls, enterprises, events, news and public figures of Coopcity, the support centre for social and "
    "cooperative entrepreneurship in Brussels. Read-only, no key, no cookie. Every text stands in Dutch and in French; "
    "neither is the original. Dates carry the offset of Brussels. Names within /api/v1 "
    "do not change; new ones may come."
)
PARAMETERS: dict[str, dict[str, Any]] = {
    "sector": {"schema": {"type": "string", "enum": list(SECTORS)}, "description": "Code of a sector"},
    "legal_form": {"schema": {"type": "string", "enum": list(LEGAL_FORMS)}, "description": "Code of a legal form"},
    "municipality": {"schema": {"type": "string", "enum": list(MUNICIPALITIES)}, "description": "NIS code"},
    "when": {"schema": {"type": "string", "enum": list(WHEN)}, "description": "Only what is to come, or what is over"},
    "limit": {
        "schema": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        "description": "How many items at most",
    },
    "after": {
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^[^\u0000]+$"},
        "description": "Key of the last item that you have; `next` of an answer holds it",
    },
}


def openapi(site: str) -> dict[str, Any]:
    """The whole document for a site at this address."""
    shapes: list[type[Shape]] = [Lists, Problem, *map(_listed, COLLECTIONS)]
    _names, schemas = models_json_schema(
        [(shape, "serialization") for shape in shapes], ref_template="#/components/schemas/{model}"
    )
    paths: dict[str, Any] = {"/api/v1/lists": _path("lists", "The codes that other answers use", "Lists", [])}
    for name, (shape, filters) in COLLECTIONS.items():
        parameters = [{"name": one, "in": "query", **PARAMETERS[one]} for one in filters]
        paths[f"/api/v1/{name}"] = _path(
            name, (shape.__doc__ or "").strip(), f"{shape.__name__}List", parameters, missing="after" in filters
        )
        key = "slug" if name == "enterprises" else "key"
        place = {"name": key, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        paths[f"/api/v1/{name}/{{{key}}}"] = _path(
            f"one_of_{name}", f"One of the {name}", shape.__name__, [place], missing=True
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Coopcity",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "CC BY 4.0", "url": LICENCE},
        },
        "servers": [{"url": site}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


def _listed(name: str) -> type[Shape]:
    shape = COLLECTIONS[name][0]
    return create_model(
        f"{shape.__name__}List",
        __base__=Shape,
        __doc__="`next` is the address of the following items, null at the end.",
        items=(list[shape], ...),  # type: ignore[valid-type]  # made from the table of collections
        next=(str | None, ...),
        licence=(str, ...),
    )


def _path(name: str, about: str, shape: str, parameters: list[Any], *, missing: bool = False) -> dict[str, Any]:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    answers = {
        "200": {"description": about, "content": {"application/json": {"schema": _ref(shape)}}},
        "400": {"description": "A parameter makes no sense; `detail` names it", "content": problem},
    }
    if missing:
        answers["404"] = {"description": "There is no such thing", "content": problem}
    return {"get": {"operationId": name, "summary": about, "parameters": parameters, "responses": answers}}


def _ref(shape: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{shape}"}
