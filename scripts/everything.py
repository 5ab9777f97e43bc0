"""`make test`: what the tests need from the system, then every test; the tools of `make check` run among them.

ARGS adds to pytest's arguments: make test ARGS="-k apply"
FULL=1 repeats the tests of pages on both databases: make test FULL=1
"""

import os
import shlex
import sys
from pathlib import Path

from system_packages import chromium

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Find the browser, then run pytest."""
    os.chdir(ROOT)
    browser = chromium()
    if browser:
        os.environ["CHROMIUM"] = browser
    elif os.environ.get("CI") == "true":
        sys.exit("With CI=true a missing part is a failure: there is no Chromium.")
    given = shlex.split(os.environ.get("ARGS", ""))
    # Small batches per worker: the longest tests start first, so that none is left alone at the end.
    spread = ["-n", "auto", "--dist", "load", "--maxschedchunk", "4"]
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *spread, "--database", "both", *given])


if __name__ == "__main__":
    main()
