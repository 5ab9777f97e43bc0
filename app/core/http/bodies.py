"""Strict parsing of form bodies, and limits on headers."""

from typing import IO, Any
from urllib.parse import parse_qsl

from flask import Flask, abort, current_app, request
from flask import Request as FlaskRequest
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

FORM = "application/x-www-form-urlencoded"
UTF_8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
MOST_FIELDS, MOST_PARTS = 4000, 1000  # our largest form, a questionnaire in the builder, has a few hundred
LONGEST_HEADER = 16_000  # a session cookie has at most 4 kB
LONGEST_ADDRESS = 16_000


class Parser(FormDataParser):
    """Parse form bodies; raises BadRequest where Werkzeug would guess, drop fields, or accept one without a name."""

    def parse(
        self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str] | None = None
    ) -> Any:
        """The stream, fields and files of a body. Raises BadRequest or RequestEntityTooLarge."""
        if (options or {}).get("charset", "utf-8").lower() not in UTF_8:
            raise BadRequest("charset")
        self.silent = False
        try:
            read, fields, files = super().parse(stream, mimetype, content_length, options)
        except ValueError as reason:
            raise BadRequest("body") from reason
        except RequestEntityTooLarge as reason:
            # Below the limit for one text it can only be the number of parts.
            if (content_length or 0) < (self.max_form_memory_size or 0):
                raise BadRequest("parts") from reason
            raise
        if any(not name or "\x00" in name for name in (*fields, *files)):
            for _name, file in files.items(multi=True):
                file.close()
            raise BadRequest("name")
        return read, fields, files

    def _parse_urlencoded(self, stream: IO[bytes], *_about: Any) -> Any:
        """Count before parsing: ten thousand empty fields fit into a few kilobytes. Invalid UTF-8 is refused."""
        sent = stream.read()
        if sent.count(b"&") >= MOST_FIELDS:
            raise BadRequest("fields")
        items = parse_qsl(sent.decode(), keep_blank_values=True, errors="strict")
        return stream, self.cls(items), self.cls()


class Request(FlaskRequest):
    """A request with strict form parsing."""

    form_data_parser_class = Parser


def init_app(app: Flask) -> None:
    """Use strict parsing for requests."""
    app.request_class = Request
    app.config["MAX_FORM_PARTS"] = MOST_PARTS
    app.before_request(refuse_long_headers)
    app.before_request(bound_texts)


def refuse_long_headers() -> None:
    """Refuse oversized headers and addresses, which no browser sends: they cost time and fill logs."""
    if len(request.query_string) + len(request.path) > LONGEST_ADDRESS:
        abort(414)
    if any(len(value) > LONGEST_HEADER for value in request.headers.values()):
        abort(431)


def bound_texts() -> None:
    """Limit an urlencoded body to the size of one text: Werkzeug limits parts of multipart bodies only."""
    if request.mimetype == FORM:
        request.max_content_length = current_app.config["MAX_FORM_MEMORY_SIZE"]
