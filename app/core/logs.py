"""One structured line per request and per event, each with the request's id; never a name, a text or an address."""

import logging
import re
import sys
import time
import uuid

import structlog
from flask import Flask, Response, g, request

GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
SECRET_IN_PATH = re.compile(r"(/(?:aanmelden|connexion)/)[^/]{20,}")

log = structlog.get_logger("coopcity")


def init_app(app: Flask) -> None:
    """JSON lines in production, readable ones elsewhere; an id for each request, sent back to the caller."""
    readable = app.config["ENVIRONMENT"] != "production"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_level(app.config["LOG_LEVEL"])),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    """Take over a proxy's request id when it looks like one, else make one."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def end(answer: Response) -> Response:
    """Say what was asked and answered, and how long it took."""
    answer.headers["X-Request-ID"] = g.get("request_id", "")
    log.info(
        "request",
        method=request.method,
        path=SECRET_IN_PATH.sub(r"\1…", request.path),
        status=answer.status_code,
        ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
    )
    return answer


def _level(name: str) -> int:
    return logging.getLevelNamesMapping().get(name, logging.INFO)
