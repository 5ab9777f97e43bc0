"""Install the one thing the tests need that no Python package has: Chromium."""

import os
import shutil
import subprocess
from pathlib import Path

USUAL = "/usr/bin/chromium"
NAMES = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ["chromium", "fonts-liberation"]
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
    if Path(USUAL).exists():
        return USUAL
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
    command = [*rights, "apt-get", "-qq", "-y", "--no-install-recommends", "install", *PACKAGES]
    ended = subprocess.run(command, env=quiet, capture_output=True, text=True, check=False)
    return (
        ended.stderr.strip().splitlines()[-1] if ended.returncode and ended.stderr.strip() else "apt-get brought none."
    )


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
