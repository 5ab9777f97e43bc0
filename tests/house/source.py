"""Reading our own source for the rules of the house."""

import ast
from collections.abc import Iterator
from pathlib import Path

from config import ROOT

APP, TEMPLATES, CONTENT = ROOT / "app", ROOT / "templates", ROOT / "content"
ROOMS = sorted(place.name for place in APP.iterdir() if (place / "__init__.py").exists() and place.name != "core")


def python(*folders: str) -> list[Path]:
    """Every Python file of these folders."""
    return sorted(place for folder in folders for place in (ROOT / folder).rglob("*.py"))


def templates() -> list[Path]:
    """Every template, of pages and of letters."""
    return sorted(place for place in TEMPLATES.rglob("*") if place.suffix in (".html", ".txt", ".xml"))


def name(place: Path) -> str:
    """The place as people write it."""
    return place.relative_to(ROOT).as_posix()


def tree(place: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(place.read_text(encoding="utf-8"))


def functions(module: ast.AST) -> Iterator[ast.FunctionDef]:
    """Every function and method, also nested ones."""
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def is_view(function: ast.FunctionDef) -> bool:
    """Does the function stand behind an address?"""
    return any(
        isinstance(mark, ast.Call)
        and isinstance(mark.func, ast.Attribute)
        and mark.func.attr in ("page", "plain", "route")
        for mark in function.decorator_list
    )


def length(function: ast.FunctionDef) -> int:
    """Lines from the def to the end."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def calls(node: ast.AST, called: str) -> Iterator[ast.Call]:
    """Every call of a function of this name."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call):
            target = call.func
            if (isinstance(target, ast.Name) and target.id == called) or (
                isinstance(target, ast.Attribute) and target.attr == called
            ):
                yield call


def strings(node: ast.AST) -> Iterator[ast.Constant]:
    """Every text in the code but the docstrings."""
    docstrings = {
        id(body[0].value)
        for holder in ast.walk(node)
        if isinstance(body := getattr(holder, "body", None), list) and body and isinstance(body[0], ast.Expr)
    }
    for found in ast.walk(node):
        if isinstance(found, ast.Constant) and isinstance(found.value, str) and id(found) not in docstrings:
            yield found
