"""Serves another WSGI callable with the settings that we ship: a yardstick, or the site changed in one thing.

usage: python -m bench.serve MODULE:CALLABLE [--with-worker]
"""

import contextlib
import os
import sys

from app.commands import web_server, worker_process

if __name__ == "__main__":
    target, *options = sys.argv[1:]
    with worker_process() if options else contextlib.nullcontext():
        web_server(int(os.environ["PORT"]), int(os.environ["WORKERS"]), target).serve()
