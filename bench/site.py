"""The site that is measured: a data folder and a database of its own, prepared, and a server on top."""

from pathlib import Path

from flask import Flask

from app import commands, create_app
from app.core.db.base import db
from bench.server import SITE, Server
from config import from_environment


class Site:
    """One site. Its visitors come through a proxy, so that each is counted as an address of its own."""

    def __init__(self, folder: Path, database_url: str = "") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.environment = {
            "ENVIRONMENT": "development",
            "DATA_DIR": str(folder / "data"),
            "DATABASE_URL": database_url,
            "TRUSTED_PROXIES": "1",
            "WORKERS": "2",
            "MAIL_URL": "folder:",
            "BASE_URL": "http://127.0.0.1",
        }
        self._app: Flask | None = None
        self.server = self.served_by(SITE)
        with self.app.app_context():
            commands.make_files()
            commands.prepare()

    @property
    def is_sqlite(self) -> bool:
        """Is it on SQLite?"""
        return not self.environment["DATABASE_URL"]

    @property
    def app(self) -> Flask:
        """The same application inside this process, to prepare and to look at what the server keeps."""
        if self._app is None:
            self._app = create_app(from_environment(self.environment | {"LOG_LEVEL": "ERROR"}))
        return self._app

    def served_by(self, command: tuple[str, ...]) -> Server:
        """Another server on the same data."""
        return Server(self.environment, self.folder / "server.log", command)

    def close(self) -> None:
        """Let go of the database."""
        if self._app is not None:
            with self._app.app_context():
                db.session.remove()
                db.engine.dispose()
