"""What somebody typed on a page with several actions and did not send: kept for them, and put back into its fields.

Such a page is one form (macro `one_form` in ui/one_form.html), so that each button sends all of it. What the pressed
action did not use is kept here for this person and page, and stands in its fields again when the page is next shown.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, current_app, g, request, url_for
from wtforms import Field, HiddenField, RadioField, SelectField, StringField

from app.core import clock
from app.core.http.field_values import plain_value, stored_value
from app.core.http.limits import COUNTED_PERSON
from app.core.i18n.language import switches_language
from app.core.text import unsent_texts
from app.core.text.cleaning import clean
from app.core.text.merging import fingerprint
from app.core.text.unsent_texts import Fields, UnsentText

PAGE, VERSION, SHOWN = "unsent:page", "unsent:version", "shown:"
LONGEST = 100_000  # characters per page; more than its fields can hold together
LONGEST_NAME = 300


@dataclass
class Unsent:
    """The stored text for the page of this request. `put_back`: fields that got theirs; `left`: texts without a
    field.
    """

    fields: Fields = field(default_factory=dict)
    version: str = ""
    put_back: set[str] = field(default_factory=set)
    left: dict[str, str] = field(default_factory=dict)


def init_app(app: Flask) -> None:
    """Store the unused fields of a writing request, in its own transaction."""
    app.after_request(_keep)
    app.jinja_env.globals["unsent_page"] = begin_page
    app.jinja_env.globals["unsent_here"] = unsent_here
    app.jinja_env.globals["shown_mark"] = shown_mark


def keeps_unsent(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark the view of a page with several actions: unsent text is put back into its forms."""
    view.keeps_unsent = True  # type: ignore[attr-defined]
    return view


def begin_page(endpoint: str, **values: str) -> str:
    """For the macro: the name of the page whose form begins here. From here on its fields carry marks."""
    g.unsent_page = f"{endpoint}?{urlencode(sorted(values.items()))}"
    return str(g.unsent_page)


def page_address(name: str) -> str | None:
    """The address of a page with unsent text, by the name in its form."""
    endpoint, _sign, values = name.partition("?")
    if not _is_kept(endpoint) or len(name) > LONGEST_NAME:
        return None
    wanted: dict[str, Any] = dict(parse_qsl(values))
    known = {one for rule in current_app.url_map.iter_rules(endpoint) for one in rule.arguments}
    return url_for(endpoint, **wanted) if wanted.keys() == known - {"lang"} else None


def unsent_here() -> Unsent:
    """The stored text for the page of this request; for a form shown again as sent, only the version."""
    if "unsent" not in g:
        if request.method == "POST":
            g.unsent = Unsent(version=request.form.get(VERSION, ""))
        else:
            g.unsent = _read() if _is_kept(request.endpoint or "") else Unsent()
    found: Unsent = g.unsent
    return found


def put_back(one: Field) -> None:
    """Put the unsent text into a field of the page.

    A field whose stored value changed meanwhile keeps that value; the page shows the typed text beside the form.
    """
    waiting = unsent_here()
    kept = waiting.fields.get(one.name)
    if kept is None or isinstance(one, HiddenField):
        return
    if kept["shown"] != fingerprint(stored_value(one)):
        if isinstance(one, StringField):
            waiting.left[str(one.label.text)] = "\n".join(kept["values"])
        return
    one.process(_Typed({one.name: kept["values"]}), one.object_data)
    waiting.put_back.add(one.name)


def note_used(names: Iterator[str]) -> None:
    """Record that the action of this request used these fields."""
    g.setdefault("used_fields", set()).update(names)


def shown_mark(one: Field) -> str:
    """The marks of what a field shows before anybody types: of its value, and of an empty list."""
    if "unsent_page" not in g:
        return ""
    value = stored_value(one)
    marks = [fingerprint(value)]
    if isinstance(one, SelectField) and not isinstance(one, RadioField) and one.choices:
        offered = [plain_value(choice.value if hasattr(choice, "value") else choice[0]) for choice in one.choices]
        marks += [fingerprint(offered[0])] if value not in offered else []
    return ".".join(marks)


def forget_here(person_id: int, page: str) -> None:
    """Delete the unsent text of a page, including that of this request."""
    g.unsent_forgotten = True
    unsent_texts.forget_page(person_id, page)


class _Typed(dict[str, list[str]]):
    """The form data that WTForms reads."""

    def getlist(self, name: str) -> list[str]:
        return self.get(name, [])


def _is_kept(endpoint: str) -> bool:
    return bool(getattr(current_app.view_functions.get(endpoint), "keeps_unsent", False))


def _person_id() -> int | None:
    counted = COUNTED_PERSON.first()
    return counted() if counted else None


def _read() -> Unsent:
    values = {name: value for name, value in (request.view_args or {}).items() if name != "lang"}
    page = f"{request.endpoint}?{urlencode(sorted(values.items()))}"
    found = _row(_person_id(), page)
    return Unsent(dict(found.fields), found.kept_at.isoformat()) if found else Unsent()


def _row(person_id: int | None, page: str) -> UnsentText | None:
    return unsent_texts.unsent_text(person_id, page) if person_id is not None else None


def _keep(answer: Response) -> Response:
    """Store the unused fields of this request for this person and page, replacing earlier ones."""
    acted = request.method == "POST" and answer.status_code < 400 and not switches_language()
    page = request.form.get(PAGE, "") if acted else ""
    person_id = _person_id() if page else None
    if person_id is None or page_address(page) is None or g.get("unsent_forgotten"):
        return answer
    row, used = _row(person_id, page), g.get("used_fields", set())
    kept = _still_waiting(row, used) | {name: typed for name, typed in _touched() if name not in used}
    if kept and sum(len(text) for typed in kept.values() for text in typed["values"]) <= LONGEST:
        unsent_texts.keep_unsent(person_id, page, kept, at=clock.now())
    elif not kept and row:
        unsent_texts.forget_page(person_id, page)
    return answer


def _still_waiting(row: UnsentText | None, used: set[str]) -> Fields:
    """Earlier unsent text that stays: all of it for a tab that did not show it, else what did not fit its field."""
    if row is None:
        return {}
    if request.form.get(VERSION) != row.kept_at.isoformat():
        return dict(row.fields)
    return {name: typed for name, typed in row.fields.items() if typed["shown"] != _mark(name) and name not in used}


def _mark(name: str) -> str:
    return request.form.get(SHOWN + name, "").partition(".")[0]


def _touched() -> Iterator[tuple[str, dict[str, Any]]]:
    """The fields of this request that differ from what the page showed."""
    for name, sent in request.form.lists():
        marks, values = request.form.get(SHOWN + name, "").split("."), [clean(one) for one in sent]
        if not marks[0]:
            continue
        typed = {fingerprint(plain_value(values)), fingerprint(plain_value(values[0]))}
        if values == ["y"]:  # a box that was ticked before
            typed.add(fingerprint(plain_value(True)))
        if not typed & set(marks):
            yield name, {"shown": _mark(name), "values": values}
