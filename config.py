"""Every setting, read once from the environment."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent
SHORTEST_SECRET = 32
NO_PROXY = "none"  # TRUSTED_PROXIES: no proxy


class Misconfigured(Exception):
    """The application must not start; the message has one reason per line."""


@dataclass(frozen=True)
class Settings:
    """What a deployment configures. docs/settings.md explains each name; a test compares."""

    environment: str
    secret_key: str
    data_dir: Path
    database_url: str
    base_url: str
    port: int
    workers: int
    mail_url: str
    mail_from: str
    mail_reply_to: str
    files_url: str
    clamd_url: str
    trusted_proxies: int | None  # None: no proxy
    log_level: str

    @property
    def is_development(self) -> bool:
        """True on a developer's machine: local mailbox page, readable logs, generated secret."""
        return self.environment == "development"

    @property
    def is_production(self) -> bool:
        """True where real people apply."""
        return self.environment == "production"

    @property
    def uses_https(self) -> bool:
        """True when people reach the site over TLS: HSTS and Secure cookies follow from it."""
        return self.base_url.startswith("https:")

    @property
    def is_loopback(self) -> bool:
        """True when only this machine reaches the site: its development pages show letters and keys."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def from_environment(environ: Mapping[str, str] | None = None) -> Settings:
    """Read and check the settings. Raises Misconfigured with every reason."""
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("DATA_DIR") or ROOT / "instance").resolve()
    port = _whole(env, "PORT", 8000, least=1, most=65535)
    direct = env.get("TRUSTED_PROXIES") == NO_PROXY
    settings = Settings(
        environment=env.get("ENVIRONMENT", "development"),
        secret_key=env.get("SECRET_KEY", ""),
        data_dir=data_dir,
        database_url=_database_url(env.get("DATABASE_URL", ""), data_dir),
        base_url=env.get("BASE_URL", f"http://127.0.0.1:{port}").rstrip("/"),
        port=port,
        workers=_whole(env, "WORKERS", 2, least=1, most=64),
        mail_url=env.get("MAIL_URL", "folder:"),
        mail_from=env.get("MAIL_FROM", "Coopcity <info@coopcity.example>"),
        mail_reply_to=env.get("MAIL_REPLY_TO", ""),
        files_url=env.get("FILES_URL", "folder:"),
        clamd_url=env.get("CLAMD_URL", ""),
        trusted_proxies=None if direct else _whole(env, "TRUSTED_PROXIES", 0, least=0, most=9),
        log_level=env.get("LOG_LEVEL", "INFO").upper(),
    )
    reasons = problems(settings)
    if reasons:
        raise Misconfigured("\n".join(reasons))
    return settings


def problems(settings: Settings) -> list[str]:
    """Reasons not to start, one sentence each."""
    found = []
    if settings.environment not in ("development", "test", "production"):
        found.append(f"ENVIRONMENT is “{settings.environment}”; use development or production.")
    found += _mail_problems(settings)
    if not re.fullmatch(r"folder:.*|s3://[^/?#]+(/[^?#]*)?", settings.files_url):
        found.append("FILES_URL must begin with folder: or be s3://bucket/prefix.")
    if not re.fullmatch(r"|tcp://[^/:]+(:[0-9]{1,5})?|unix:/.+", settings.clamd_url):
        found.append("CLAMD_URL must be tcp://host:port or unix:/path.")
    if not settings.is_production:
        return found
    if len(settings.secret_key) < SHORTEST_SECRET or len(set(settings.secret_key)) < 8:
        found.append(f"SECRET_KEY is missing or weak: give at least {SHORTEST_SECRET} random characters.")
    if not settings.uses_https:
        found.append("BASE_URL must begin with https: in production.")
    if settings.trusted_proxies == 0:
        found.append(
            "TRUSTED_PROXIES is 0: behind a proxy all visitors would count as one. Say how many stand in front, "
            f"or {NO_PROXY} when people reach this program itself."
        )
    if settings.mail_url.startswith("folder:"):
        found.append(
            "MAIL_URL is a folder: in production letters must go to a mail server (smtp:, starttls: or smtps:)."
        )
    return found


def _mail_problems(settings: Settings) -> list[str]:
    found = []
    if urlsplit(settings.mail_url).scheme not in ("folder", "smtp", "starttls", "smtps"):
        found.append("MAIL_URL must begin with folder:, smtp:, starttls: or smtps:.")
    for name, address in (("MAIL_FROM", settings.mail_from), ("MAIL_REPLY_TO", settings.mail_reply_to)):
        if address and not re.fullmatch(r"[^<>\r\n]*<[^<>@\s]+@[^<>@\s]+>|[^<>@\s]+@[^<>@\s]+", address):
            found.append(f"{name} must be an address, or a name with an address: Coopcity <info@coopcity.example>.")
    return found


def make_data_dir(data_dir: Path) -> None:
    """Create the data folder. Raises Misconfigured when it is not writable."""
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryFile(dir=data_dir):
            pass
    except OSError as reason:
        raise Misconfigured(
            f"The data folder {data_dir} cannot be written ({reason.strerror}): make it writable, "
            "or name another one: DATA_DIR=…"
        ) from None


def stored_secret(data_dir: Path) -> str:
    """The development secret: created once in the data folder, so that a restart signs nobody out."""
    place = data_dir / "secret-key"
    if not place.exists():
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(48))
    return place.read_text().strip()


def _database_url(given: str, data_dir: Path) -> str:
    """SQLAlchemy's form of DATABASE_URL; SQLite in the data folder by default."""
    if not given:
        return f"sqlite:///{data_dir / 'coopcity.sqlite3'}"
    for short in ("postgres://", "postgresql://"):
        if given.startswith(short):
            return "postgresql+psycopg://" + given.removeprefix(short)
    return given


def _whole(env: Mapping[str, str], name: str, default: int, *, least: int, most: int) -> int:
    given = env.get(name) or str(default)
    if not (given.isascii() and given.isdigit() and len(given) < 6 and least <= int(given) <= most):
        raise Misconfigured(f"{name} must be a whole number from {least} to {most}, not “{given}”.")
    return int(given)
