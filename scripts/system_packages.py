"""Install the one thing the tests need that no Python package has: Chromium."""

import os
import shutil
import subprocess

# The one without a window first: it needs a third less of the processor for the same tests.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium-headless-shell", "chromium")  # the first that the system has
FONTS = "fonts-liberation"
MISSING = """
!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
!!  There is no Chromium, so the browser tests are left out.
!!  {reason}
!!  Install it with `sudo apt install chromium`, or name one: CHROMIUM=/path/to/chromium make test
!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!
"""


def chromium() -> str | None:
    """The path of Chromium, installed first where permitted; None, with a message, otherwise."""
    found = _chromium()
    if found:
        return found
    reason = _install()
    found = _chromium()
    if not found:
        print(MISSING.format(reason=reason), flush=True)
    return found


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named:
        return named if os.access(named, os.X_OK) else None
    return next(filter(None, map(shutil.which, NAMES)), None)


def _install() -> str:
    """Install Chromium with the system's package manager; returns the reason when that fails."""
    if os.environ.get("CHROMIUM"):
        return f"CHROMIUM names {os.environ['CHROMIUM']}, which is no program."
    if not shutil.which("apt-get"):
        return "This system has no apt-get to install it with."
    rights = _rights()
    if rights is None:
        return "Only root may install it, and this is not root."
    print("Installing Chromium from the system's packages, once; about a minute", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*rights, "apt-get", "-qq", "update"], env=quiet, capture_output=True, check=False)
    said = ""
    for package in PACKAGES:
        command = [*rights, "apt-get", "-qq", "-y", "--no-install-recommends", "install", package, FONTS]
        ended = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
        if not ended.returncode:
            break
        said = ended.stderr.strip()
    return said.splitlines()[-1] if said else "apt-get brought none."


def _rights() -> list[str] | None:
    """The prefix for apt-get: none for root, sudo where it needs no password."""
    if os.geteuid() == 0:
        return []
    if (
        shutil.which("sudo")
        and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    ):
        return ["sudo", "-n"]
    return None
