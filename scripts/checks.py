"""`make check`: types, lint, import rules, messages and templates side by side, in seconds.

`make test` runs the same tools as tests, beside all others (tests/house/test_tools.py).

usage: checks.py [--tools-only]   (accepted for compatibility; changes nothing)
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
# Slowest first: they run at the same time.
TOOLS = {
    "types": ["mypy"],
    "messages": ["python", "scripts/messages.py", "--check"],
    "templates": ["djlint", "templates", "--lint", "--quiet"],
    "import rules": ["lint-imports", "--no-logo"],
    "lint": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "dead code": ["vulture"],
}
LONG_FILE, LONG_TEMPLATE = 400, 150  # lines


def main() -> None:
    """Run the tools; exits with a message when one fails."""
    if sys.argv[1:] not in ([], ["--tools-only"]):
        sys.exit(__doc__)
    os.chdir(ROOT)
    bad = tools()
    if bad:
        sys.exit(f"Not in order: {', '.join(bad)}.")
    for question in long_files():
        print(f"??  {question}", flush=True)


def tools() -> list[str]:
    """Run all tools at once and print their findings; return the names of the failed ones."""
    begun = time.monotonic()
    running = []
    for name, command in TOOLS.items():
        said = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115 - read after the program ended, gone with this process
        running.append((name, said, subprocess.Popen(program(command), stdout=said, stderr=subprocess.STDOUT)))
    bad = []
    for name, said, process in running:
        found = process.wait() != 0
        print(f"{'!! ' if found else 'ok '} {name} ({time.monotonic() - begun:.1f} s)", flush=True)
        if found:
            bad.append(name)
            said.seek(0)
            print(said.read(), flush=True)
    return bad


def program(command: list[str]) -> list[str]:
    """The tool of this environment."""
    return [str(BIN / command[0]), *command[1:]]


def long_files() -> list[str]:
    """Long files, as questions for the reviewer; never a reason to pack lines."""
    kinds = (("app", "*.py", LONG_FILE), ("tests", "*.py", LONG_FILE), ("templates", "*.html", LONG_TEMPLATE))
    counted = [
        (place, len(place.read_text(encoding="utf-8").splitlines()), limit)
        for folder, pattern, limit in kinds
        for place in sorted(Path(folder).rglob(pattern))
    ]
    return [f"{place} has {lines} lines: is it two things?" for place, lines, limit in counted if lines > limit]


if __name__ == "__main__":
    main()
