"""Compile message catalogues; `make messages` collects the messages."""

import io
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_all(translations: Path) -> int:
    """Write messages.mo for each newer messages.po; return how many were written."""
    written = 0
    for source in sorted(translations.glob("*/*/LC_MESSAGES/messages.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name)
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        target.write_bytes(compiled.getvalue())
        written += 1
    return written
