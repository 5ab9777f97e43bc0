"""Makes the environment that every command of the Makefile runs in; standard library only, so that it runs before it.

usage: python3 scripts/bootstrap.py run|test|check|bench|lock|messages
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
TOOLS = VENV / "tools"  # uv lives apart: synchronising the environment would remove it
STAMP = VENV / "coopcity.json"
RUNTIME, EVERYTHING, INSTALLER = "requirements.txt", "requirements-dev.txt", "scripts/uv.txt"
COMMANDS = {
    "run": (RUNTIME, ["-m", "flask", "--app", "wsgi", "serve"]),
    "test": (EVERYTHING, ["scripts/everything.py"]),
    "check": (EVERYTHING, ["scripts/checks.py"]),
    "bench": (EVERYTHING, ["-m", "bench"]),
    "messages": (EVERYTHING, ["scripts/messages.py"]),
    "lock": (None, []),
}


class Failed(Exception):
    """A step failed; the message is shown to the developer."""


def main(arguments: list[str]) -> None:
    """Prepare the environment, then exec the requested command."""
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        sys.exit(__doc__)
    use_new_enough_python()
    os.chdir(str(ROOT))
    requirements, command = COMMANDS[arguments[0]]
    try:
        if requirements is None:
            lock()
            return
        prepare(requirements)
    except Failed as failure:
        sys.exit(str(failure))
    sys.stdout.flush()
    # Without cached byte code each start takes three times as long.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    # Replaces this process, so that Ctrl-C and SIGTERM reach the command.
    os.execv(str(PYTHON), [str(PYTHON)] + command)


def use_new_enough_python() -> None:
    """Restart under a recent enough Python, or exit with one sentence."""
    if sys.version_info[:2] >= OLDEST:
        return
    for minor in range(19, OLDEST[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found and answers([found, "-c", "import venv"]):
            os.execv(found, [found] + sys.argv)
    sys.exit("Coopcity needs Python %d.%d or newer; this is %s." % (OLDEST[0], OLDEST[1], platform.python_version()))


def prepare(requirements: str) -> None:
    """Create or refresh .venv when its Python or the lock file changed."""
    was = read_stamp()
    if was.get(requirements) == fingerprint(requirements):
        return
    if EVERYTHING in was:
        requirements = EVERYTHING  # a developer's environment keeps its tools
    print("Preparing the environment (%d packages) in .venv" % packages_in(requirements), flush=True)
    try:
        if not was:
            step("1/3 new environment", create)
        else:
            STAMP.unlink()
        step("2/3 installer", install_uv)
        step("3/3 packages", lambda: install(requirements))
    except OSError as failure:
        raise Failed("Coopcity cannot write its environment in .venv: %s." % failure) from None
    now = {RUNTIME: fingerprint(RUNTIME)}  # the development lock file includes the runtime packages
    now[requirements] = fingerprint(requirements)
    STAMP.write_text(json.dumps(now, indent=1))


def read_stamp() -> dict[str, str]:
    """What .venv was made from; empty when it is absent, incomplete or its Python is gone."""
    try:
        stamp = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    alive = answers([str(PYTHON), "-c", "import sys; sys.exit(sys.version_info < (%d, %d))" % OLDEST])
    return dict(stamp) if alive else {}


def fingerprint(requirements: str) -> str:
    """The lock file's digest and the path of this tree: scripts in .venv contain the path."""
    return hashlib.sha256((ROOT / requirements).read_bytes() + str(VENV).encode()).hexdigest()


def packages_in(requirements: str) -> int:
    return sum("==" in line and not line.startswith((" ", "#")) for line in (ROOT / requirements).open())


def create() -> None:
    """Create an empty environment. Debian has the venv module in a separate package."""
    if VENV.exists():
        shutil.rmtree(str(VENV))
    if not answers([sys.executable, "-m", "pip", "--version"]) and not answers(
        [sys.executable, "-c", "import ensurepip"]
    ):
        bring_pip()
    try:
        call([sys.executable, "-m", "venv", "--without-pip", str(VENV)])
    except Failed:
        bring_pip()
        call([sys.executable, "-m", "venv", "--without-pip", str(VENV)])


def bring_pip() -> None:
    """Install Debian's pip where permitted; otherwise say how."""
    package = "python%d.%d-venv" % sys.version_info[:2]
    if shutil.which("apt-get") and os.geteuid() == 0:
        environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        call(["apt-get", "-qq", "update"], environment, even_if_it_fails=True)
        call(["apt-get", "-qq", "-y", "install", package], environment)
        return
    raise Failed("Coopcity needs pip and venv: run `sudo apt install %s`, then try again." % package)


def pip() -> list[str]:
    """A pip that can install into .venv: the system's, or the one bundled with Python."""
    if answers([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip"]
    if not answers([str(PYTHON), "-m", "pip", "--version"]):
        call([str(PYTHON), "-m", "ensurepip", "--default-pip"])
    return [str(PYTHON), "-m", "pip"]


def install_uv() -> None:
    """Install uv, five times faster than pip; without a wheel for this machine pip is used."""
    if (TOOLS / "bin" / "uv").exists():
        return
    options = ["--quiet", "--disable-pip-version-check", "--only-binary", ":all:", "--require-hashes", "--upgrade"]
    call(
        pip() + ["install"] + options + ["--target", str(TOOLS), "-r", str(ROOT / INSTALLER)],
        even_if_it_fails=True,
    )


def install(requirements: str) -> None:
    """Make .venv hold exactly the lock file."""
    uv = TOOLS / "bin" / "uv"
    if answers([str(uv), "--version"]):
        sync = [str(uv), "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), requirements]
        try:
            call(sync, uv_environment())
            return
        except Failed as failure:
            print("\nuv could not, so pip tries (%s)" % str(failure).splitlines()[-1], flush=True)
    if not answers([str(PYTHON), "-m", "pip", "--version"]):
        call([str(PYTHON), "-m", "ensurepip", "--default-pip"], even_if_it_fails=True)
    if answers([str(PYTHON), "-m", "pip", "--version"]):
        command = [str(PYTHON), "-m", "pip"]
    else:
        command = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    call(command + ["install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", requirements])


def uv_environment() -> dict[str, str]:
    """Pass pip's package index and certificate settings on to uv."""
    environment = dict(os.environ)
    environment.pop("VIRTUAL_ENV", None)
    for theirs, ours in (("PIP_INDEX_URL", "UV_DEFAULT_INDEX"), ("PIP_CERT", "SSL_CERT_FILE")):
        if os.environ.get(theirs):
            environment.setdefault(ours, os.environ[theirs])
    return environment


def lock() -> None:
    """Write the lock files from pyproject.toml, for every Python from 3.11 on and without registry addresses."""
    if not PYTHON.exists():
        prepare(RUNTIME)
    install_uv()
    if not (TOOLS / "bin" / "uv").exists():
        raise Failed("The lock files are written by uv, which has no package for this machine.")
    options = ["--universal", "--generate-hashes", "--python-version", "%d.%d" % OLDEST, "--quiet"]
    options += ["--no-emit-index-url", "--no-emit-find-links", "--custom-compile-command", "make lock"]
    options += ["--upgrade"] if os.environ.get("UPGRADE") else []
    compile_ = [str(TOOLS / "bin" / "uv"), "pip", "compile"] + options
    project = ["pyproject.toml", "--extra", "postgres", "--extra", "s3"]
    step("1/3 " + INSTALLER, lambda: call(compile_ + ["scripts/uv.in", "-o", INSTALLER], uv_environment()))
    step("2/3 " + RUNTIME, lambda: call(compile_ + project + ["-o", RUNTIME], uv_environment()))
    everything = project + ["--group", "dev", "--constraint", RUNTIME, "--no-annotate", "-o", EVERYTHING]
    step("3/3 " + EVERYTHING, lambda: call(compile_ + everything, uv_environment()))


def step(name: str, work: Callable[[], None]) -> None:
    """Run one step and show its duration."""
    begun, done = time.monotonic(), threading.Event()
    watched = sys.stdout.isatty()

    def tick() -> None:
        while not done.wait(0.5):
            sys.stdout.write("\r  %s ... %d s" % (name, time.monotonic() - begun))
            sys.stdout.flush()

    ticking = threading.Thread(target=tick, daemon=True)
    if watched:
        ticking.start()
    try:
        work()
    finally:
        done.set()
        if watched:
            ticking.join()
    print("%s  %s: %.1f s" % ("\r" if watched else "", name, time.monotonic() - begun), flush=True)


def call(command: list[str], environment: dict[str, str] | None = None, even_if_it_fails: bool = False) -> None:
    """Run quietly; show the output only on failure."""
    ended = subprocess.run(command, check=False, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ended.returncode and not even_if_it_fails:
        raise Failed("\n`%s` failed:\n%s" % (" ".join(command), ended.stdout.decode("utf-8", "replace").strip()))


def answers(command: list[str]) -> bool:
    """True when this program exists and works."""
    try:
        ended = subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except OSError:
        return False
    return ended.returncode == 0


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        sys.exit(130)
