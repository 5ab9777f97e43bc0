"""Asking a virus scanner (clamd) about the octets of a file, where a deployment has one.

Its protocol in one sentence: `zINSTREAM`, then pieces with their length in front, an empty piece, one line back.
"""

import socket
import struct
from urllib.parse import urlsplit

from flask import current_app, has_app_context

from app.core.logs import log

TIMEOUT_SECONDS = 20.0  # seconds without a word; the person waits meanwhile
PIECE = 65_536
LONGEST_ANSWER = 4_096
CLEAN, FOUND = b"stream: OK", b"FOUND"


def verdict(content: bytes, *, url: str | None = None, timeout: float = TIMEOUT_SECONDS) -> str:
    """Empty when the scanner finds nothing, or none is set; otherwise `infected`, or `unchecked` when it is away.

    `url` is CLAMD_URL unless given: `tcp://host:port` or `unix:/path`.
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
    """What the scanner says about these octets. Raises OSError."""
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
