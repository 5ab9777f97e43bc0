"""The site with `synchronous=NORMAL`, which a power cut may rob of its last answers: to see what FULL costs."""

from app.core.db import engine

engine.SYNCHRONOUS = "NORMAL"

from wsgi import app  # noqa: E402 - after the change

__all__ = ["app"]
