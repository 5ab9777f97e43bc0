"""`make test`: what the tests need from the system, the fast checks, then every test; pytest speaks last.

ARGS adds to pytest's arguments: make test ARGS="-k apply"
"""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from system_packages import chromium

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Stop at the first part that is not in order; become pytest at the end."""
    os.chdir(ROOT)
    browser = chromium()
    if browser:
        os.environ["CHROMIUM"] = browser
    elif os.environ.get("CI") == "true":
        sys.exit("With CI=true a missing part is a failure: there is no Chromium.")
    checked = subprocess.run([sys.executable, "scripts/checks.py", "--tools-only"], check=False)
    if checked.returncode:
        sys.exit("The tests were not run: the checks above come first.")
    sys.stdout.flush()
    given = shlex.split(os.environ.get("ARGS", ""))
    spread = ["-n", "auto", "--dist", "worksteal"]  # some tests take minutes: who is done takes over from who is not
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *spread, "--database", "both", *given])


if __name__ == "__main__":
    main()
