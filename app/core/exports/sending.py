"""Sending a file that was made for one person: whole before the first octet leaves, kept by nobody in between."""

import tempfile
from collections.abc import Callable
from typing import IO, Any

from flask import Response, send_file


def as_file(write: Callable[[IO[bytes]], Any], *, name: str, media_type: str) -> Response:
    """What `write` puts into a file on the disk, as an attachment: memory does not grow, and a slow reader of the
    answer holds up no database.
    """
    target = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the answer, after it was sent
    write(target)
    target.seek(0)
    answer = send_file(target, as_attachment=True, download_name=name)
    answer.headers["Content-Type"] = media_type  # as it is: Werkzeug would add a charset to one that has it
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
