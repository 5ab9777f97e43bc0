"""Static files: bundled, minified, hashed and precompressed."""

import gzip
import hashlib
import json
import re
import time
from functools import partial
from pathlib import Path
from wsgiref.headers import Headers

import brotli
import rcssmin
from flask import Flask
from whitenoise import WhiteNoise

PREFIX = "/static/build/"
NAMED_AFTER_CONTENT = re.compile(r".*\.[0-9a-f]{8}\.[a-z0-9]+$")
URL = re.compile(r"url\(\.\./(fonts/[^)]+)\)")
# rcssmin does not know @layer: inside it, “.foot :focus” would lose its space and change its meaning.
ANYTHING_INSIDE = re.compile(r"(?<=[^\s{},>+~(;]) +:(?=[a-z-]+[^;{}]*\{)")
TEXT = {".css", ".js", ".svg", ".txt"}
# A file per component, named after its macros in templates/ui; what only some pages need stands in a file of its own.
EVERYWHERE = ["badge", "button", "field", "langs", "link", "mark", "page_head", "pager", "sample", "table"]
ON_STAFF_PAGES = ["button_staff", "chart", "figures", "pairs", "table_staff"]
SHARED = ["tokens", "base", *(f"ui/{name}" for name in EVERYWHERE), "components"]
BUNDLES = {
    "public.css": [*SHARED, "ui/table_public", "public", "values"],
    "apply.css": [*SHARED, "ui/table_public", "public", "values", "ui/field_forms", "unsaved", "apply"],
    "staff.css": [
        *SHARED,
        "values",
        "ui/field_forms",
        "unsaved",
        "apply",
        *(f"ui/{name}" for name in ON_STAFF_PAGES),
        "staff",
    ],
    "sheet.css": [*SHARED, "ui/table_public", "public", "values", "ui/field_forms", "unsaved", "apply", "sheet"],
    "print.css": ["print"],
    # What one kind of public page has besides: its page links it after public.css.
    "home.css": ["home"],
    "showcase.css": ["showcase"],
    "enterprise.css": ["enterprise"],
    "programmes.css": ["programmes"],
    "before.css": ["before"],
    "agenda.css": ["agenda"],
    "impact.css": ["impact"],
    "about.css": ["about"],
    "article.css": ["article"],
    "news.css": ["news"],
    "api.css": ["api"],
    "contact.css": ["ui/field_forms", "contact"],
}
COPIED = ("fonts/*.woff2", "fonts/*.txt", "js/*.js", "*.svg")
KEPT_SECONDS = 7 * 24 * 3600  # pages of an older version may still request its files


def build(static: Path, out: Path) -> dict[str, str]:
    """Write every file with its compressed variants into `out`; return name → hashed name.

    Does nothing when the sources have not changed since the last build.
    """
    sources = sorted(place for pattern in ("css/**/*.css", *COPIED) for place in static.glob(pattern))
    stamp = _digest(
        repr((BUNDLES, ANYTHING_INSIDE.pattern)).encode()
        + b"".join(place.name.encode() + place.read_bytes() for place in sources)
    )
    known = _manifest(out)
    if known.get("") == stamp:
        return known
    out.mkdir(parents=True, exist_ok=True)
    names = {"": stamp}
    for pattern in COPIED:
        for place in sorted(static.glob(pattern)):
            name = place.relative_to(static).as_posix()
            names[name] = _write(out, name, place.read_bytes())
    for bundle, layers in BUNDLES.items():
        text = "\n".join((static / "css" / f"{layer}.css").read_text(encoding="utf-8") for layer in layers)
        text = URL.sub(lambda found: f"url({PREFIX}{names[found[1]]})", text)
        names[bundle] = _write(out, bundle, minified(text).encode())
    unfinished = out / "manifest.new"
    unfinished.write_text(json.dumps(names, indent=1))
    unfinished.replace(out / "manifest.json")  # atomic: another process never reads half a manifest
    _forget(out, names)
    return names


def minified(css: str) -> str:
    """The minified style sheet."""
    return str(rcssmin.cssmin(ANYTHING_INSIDE.sub(" *:", css)))


def init_app(app: Flask) -> None:
    """Add `asset("public.css")` to templates and serve the built files in front of the application."""
    static = Path(app.config["ROOT"]) / "static"
    names = build(static, static / "build")
    app.jinja_env.globals["asset"] = partial(address, names)
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # the documented way to wrap it
        app.wsgi_app,
        root=str(static / "build"),
        prefix=PREFIX,
        allow_all_origins=False,
        immutable_file_test=lambda _place, url: bool(NAMED_AFTER_CONTENT.match(url)),
        add_headers_function=_add_headers,
    )


def address(names: dict[str, str], name: str) -> str:
    """The address of a built file. Raises KeyError for an unknown one."""
    return PREFIX + names[name]


def _add_headers(headers: Headers, _place: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


def _manifest(out: Path) -> dict[str, str]:
    place = out / "manifest.json"
    return json.loads(place.read_text()) if place.exists() else {}


def _write(out: Path, name: str, content: bytes) -> str:
    """Store one file under its hash, with .br and .gz variants where they are smaller."""
    place = Path(name)
    named = place.with_name(f"{place.stem}.{_digest(content)[:8]}{place.suffix}")
    target = out / named
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    if place.suffix in TEXT:
        target.with_name(target.name + ".br").write_bytes(brotli.compress(content, quality=11))
        target.with_name(target.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
    return named.as_posix()


def _forget(out: Path, names: dict[str, str]) -> None:
    """Delete files of builds that no open page can refer to any more."""
    long_ago = time.time() - KEPT_SECONDS
    known = {(out / name).name for name in names.values()}
    for place in out.rglob("*.*.*"):
        if place.name.removesuffix(".br").removesuffix(".gz") not in known and place.stat().st_mtime < long_ago:
            place.unlink(missing_ok=True)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
