"""What a browser sends when a button of a form is pressed, for the page client."""

from dataclasses import dataclass
from typing import Any

from bs4 import Tag

from tests.html import words


@dataclass(frozen=True)
class Sent:
    """A form, filled in."""

    method: str
    action: str
    encoding: str
    fields: dict[str, list[str]]
    files: dict[str, Any]


def filled(form: Tag, button: str | None, given: dict[str, Any]) -> Sent:
    """The controls of the form with their values, the given ones in their place, and the pressed button."""
    fields: dict[str, list[str]] = {}
    files: dict[str, Any] = {}
    for tag in form.select("input[name], select[name], textarea[name]"):
        name = str(tag["name"])
        if tag.get("type") == "file":
            files.setdefault(name, None)
        elif not tag.has_attr("disabled"):
            fields.setdefault(name, []).extend(_values(tag))
    for name, value in given.items():
        _fill_in(form, name, value, fields, files)
    pressed = _pressed(form, button)
    if pressed is not None and pressed.get("name"):
        fields[str(pressed["name"])] = [str(pressed.get("value", ""))]
    source = pressed if pressed is not None else form
    return Sent(
        method=str(form.get("method", "get")).upper(),
        action=str(source.get("formaction") or form.get("action", "")),
        encoding=str(form.get("enctype", "application/x-www-form-urlencoded")),
        fields={name: values for name, values in fields.items() if values},
        files=files,
    )


def _values(tag: Tag) -> list[str]:
    """What a control holds when nobody touches it."""
    kind = tag.get("type", "text")
    if tag.name == "textarea":
        return [tag.get_text().removeprefix("\n")]
    if tag.name == "select":
        options = tag.select("option")
        chosen = [option for option in options if option.has_attr("selected")]
        if not chosen and not tag.has_attr("multiple"):
            chosen = options[:1]
        return [_value_of(option) for option in chosen]
    if kind in ("checkbox", "radio"):
        return [str(tag.get("value", "on"))] if tag.has_attr("checked") else []
    if kind in ("submit", "button", "image", "reset"):
        return []
    return [str(tag.get("value", ""))]


def _fill_in(form: Tag, name: str, value: Any, fields: dict[str, list[str]], files: dict[str, Any]) -> None:
    controls = [tag for tag in form.select("input, select, textarea") if tag.get("name") == name]
    there = sorted({*fields, *files})
    assert controls, f"the form has no control “{name}”; there are {there}"
    if name in files:
        files[name] = value
        return
    values = [] if value is None else [str(one) for one in value] if isinstance(value, list) else [str(value)]
    offered = _offered(controls)
    assert offered is None or set(values) <= offered, f"“{name}” offers {sorted(offered or ())}, not {values}"
    fields[name] = values


def _offered(controls: list[Tag]) -> set[str] | None:
    """The answers that a person can choose from; None where they type."""
    first = controls[0]
    if first.name == "select":
        return {_value_of(option) for option in first.select("option")}
    if first.get("type") in ("checkbox", "radio"):
        return {str(tag.get("value", "on")) for tag in controls}
    return None


def _value_of(option: Tag) -> str:
    return str(option["value"]) if option.has_attr("value") else words(option)


def _pressed(form: Tag, name: str | None) -> Tag | None:
    """The named button, or the first one: what the Enter key presses."""
    buttons = [tag for tag in form.select("button") if tag.get("type", "submit") == "submit"]
    if name is None:
        return buttons[0] if buttons else None
    return next(tag for tag in buttons if words(tag) == name or f"{tag.get('name')}={tag.get('value')}" == name)
