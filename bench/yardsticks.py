"""Plain programs to compare with: a Flask and Jinja page, and a bare SQLite transaction."""

import os
import sqlite3
import time
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse

from flask import Flask, render_template
from jinja2 import DictLoader

ITEM = """<li class="card"><h2><a href="/{{ item.slug }}">{{ item.name }}</a></h2><p>{{ item.text }}</p></li>
"""
PAGE = """<!doctype html><html lang="nl"><head><title>{{ title }}</title></head><body><main><h1>{{ title }}</h1><ul>
{% for item in items %}ITEM{% endfor %}</ul></main></body></html>""".replace("ITEM", ITEM)
ITEM_OCTETS = 240


def page() -> Flask:
    """A page of BENCH_OCTETS bytes, with its data in memory."""
    app = Flask(__name__)
    app.jinja_loader = DictLoader({"page.html": PAGE})
    text = "Een kleine coöperatie die groenten & fruit van het land naar de stad brengt, elke week opnieuw. " * 2
    items = [
        {"slug": f"huis-{number}", "name": f"Huis {number}", "text": text[: ITEM_OCTETS - 75]}
        for number in range(int(os.environ.get("BENCH_OCTETS", "20000")) // ITEM_OCTETS)
    ]
    app.add_url_rule("/", "page", lambda: render_template("page.html", title="Huizen", items=items))
    return app


app = page()


def reading(environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
    """Read the whole body, say how long it was."""
    size = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"%d" % size]


def raw_transactions(folder: Path, size: int, count: int = 200) -> float:
    """Transactions per second of one writer, each with this many bytes and one disk sync."""
    connection = sqlite3.connect(folder / "raw.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS row (octets BLOB)")
    begun = time.perf_counter()
    for _ in range(count):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO row VALUES (?)", (os.urandom(size),))
        connection.execute("COMMIT")
    seconds = time.perf_counter() - begun
    connection.close()
    return count / seconds
