"""Send a file that was made for one person: complete before the first byte is sent, and not cached."""

import tempfile
from collections.abc import Callable
from typing import IO, Any

from flask import Response, send_file


def as_file(write: Callable[[IO[bytes]], Any], *, name: str, media_type: str) -> Response:
    """What `write` puts into a temporary file, as a download: constant memory, and a slow client holds no database
    connection.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer, after it was sent
    write(target)
    target.seek(0)
    answer = send_file(target, as_attachment=True, download_name=name)
    answer.headers["Content-Type"] = media_type  # unchanged: Werkzeug would add a second charset
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
