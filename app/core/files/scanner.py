"""Ask a virus scanner (clamd) about a file, where one is configured.

Protocol: `zINSTREAM`, then length-prefixed chunks, an empty chunk, one line back.
"""

import socket
import struct
from urllib.parse import urlsplit

from flask import current_app, has_app_context

from app.core.logs import log

TIMEOUT_SECONDS = 20.0  # without an answer; the uploader waits meanwhile
PIECE = 65_536
LONGEST_ANSWER = 4_096
CLEAN, FOUND = b"stream: OK", b"FOUND"


def verdict(content: bytes, *, url: str | None = None, timeout: float = TIMEOUT_SECONDS) -> str:
    """An empty string when nothing is found or no scanner is set; else `infected`, or `unchecked` when it is
    unreachable.

    `url`: CLAMD_URL unless given, `tcp://host:port` or `unix:/path`.
    """
    address = (current_app.config["CLAMD_URL"] if has_app_context() else "") if url is None else url
    if not address:
        return ""
    try:
        answer = _asked(address, content, timeout)
    except OSError as failure:
        log.error("virus scanner away", failure=repr(failure)[:200])
        return "unchecked"
    if answer == CLEAN:
        return ""
    if answer.endswith(FOUND):
        log.warning("virus found", answer=answer.decode("ascii", "replace"))
        return "infected"
    log.error("virus scanner unsure", answer=answer.decode("ascii", "replace")[:200])
    return "unchecked"


def _asked(address: str, content: bytes, timeout: float) -> bytes:
    """The scanner's answer. Raises OSError."""
    with _connected(address, timeout) as line:
        line.sendall(b"zINSTREAM\x00")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\x00") and len(answer) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
            answer += more
    return answer.rstrip(b"\x00").strip()


def _connected(address: str, timeout: float) -> socket.socket:
    named = urlsplit(address)
    if named.scheme == "tcp":
        return socket.create_connection((named.hostname or "", named.port or 3310), timeout=timeout)
    line = socket.socket(socket.AF_UNIX)
    line.settimeout(timeout)
    try:
        line.connect(named.path)
    except OSError:
        line.close()
        raise
    return line
