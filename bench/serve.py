"""Serves another WSGI callable with the settings that we ship: a yardstick, or the site changed in one thing.

usage: python -m bench.serve MODULE:CALLABLE [--with-worker]
"""

import contextlib
import os
import sys

from app import create_app
from app.commands import serve_web, worker_process
from config import from_environment


def main() -> None:
    """Serve until the process is asked to end."""
    target, *options = sys.argv[1:]
    with contextlib.ExitStack() as stack:
        if options == ["--with-worker"]:
            stack.enter_context(create_app(from_environment()).app_context())
            stack.enter_context(worker_process())
        serve_web(int(os.environ["PORT"]), int(os.environ["WORKERS"]), target)


if __name__ == "__main__":
    main()
