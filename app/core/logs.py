"""Structured logs: one line per request and event, with a request id; no names, texts or addresses."""

import logging
import re
import sys
import time
import uuid

import structlog
from flask import Flask, Response, g, request

from app.core.redaction import path_without_keys, redact_event, trace

GIVEN_ID = re.compile(r"[A-Za-z0-9-]{8,64}")

log = structlog.get_logger("coopcity")


def init_app(app: Flask) -> None:
    """JSON lines in production, readable lines elsewhere; each request gets an id, returned in a header."""
    readable = app.config["ENVIRONMENT"] != "production"
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(trace),
            redact_event,
            structlog.dev.ConsoleRenderer(colors=False) if readable else structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(_level(app.config["LOG_LEVEL"])),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    _take_over_standard_logging()
    app.before_request(begin)
    app.after_request(end)


def begin() -> None:
    """Use the proxy's request id if it is well-formed, or make one."""
    given = request.headers.get("X-Request-ID", "")
    g.request_id = given if GIVEN_ID.fullmatch(given) else uuid.uuid4().hex
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def end(answer: Response) -> Response:
    """Log method, path, status and duration."""
    answer.headers["X-Request-ID"] = g.get("request_id", "")
    log.info(
        "request",
        method=request.method,
        route=request.endpoint or "",
        path=path_without_keys(request.path, request.view_args or {}),
        status=answer.status_code,
        ms=round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
    )
    return answer


class Forwarder(logging.Handler):
    """Send records of the standard logging module through the same processors, including redaction."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line, at the record's level."""
        exc_info = record.exc_info if record.exc_info and record.exc_info[1] else None
        log.log(record.levelno, "library", logger=record.name, error=record.getMessage(), exc_info=exc_info)


def _take_over_standard_logging() -> None:
    root = logging.getLogger()
    if not any(isinstance(one, Forwarder) for one in root.handlers):
        root.addHandler(Forwarder(logging.WARNING))


def _level(name: str) -> int:
    return logging.getLevelNamesMapping().get(name, logging.INFO)
