"""The settings: read once, refused with every reason at once, each one explained in docs/settings.md."""

import os
import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from config import ROOT, Misconfigured, Settings, from_environment, stored_secret

GOOD = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "6b1f0c9e4a7d2358bb90aa17c6e4d3f2",
    "BASE_URL": "https://coopcity.example",
    "MAIL_URL": "smtp://mail.example:587",
    "TRUSTED_PROXIES": "1",
}


def reasons(**changes: str) -> list[str]:
    """Why production does not start with these changes."""
    try:
        from_environment(GOOD | changes)
    except Misconfigured as refused:
        return str(refused).splitlines()
    return []


def test_production_starts_when_all_is_well() -> None:
    assert reasons() == []
    assert reasons(FILES_URL="s3://coopcity-files/production", CLAMD_URL="tcp://127.0.0.1:3310") == []
    assert reasons(FILES_URL="folder:/srv/files", CLAMD_URL="unix:/run/clamd.sock") == []
    assert reasons(TRUSTED_PROXIES="none") == []
    assert reasons(MAIL_URL="smtps://user:password@mail.example:465") == []


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY"),
        ({"BASE_URL": "http://coopcity.example"}, "BASE_URL"),
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"MAIL_URL": "folder:"}, "MAIL_URL"),
        ({"MAIL_URL": "folder:/var/mail"}, "MAIL_URL"),
        ({"MAIL_URL": "gopher://mail.example"}, "MAIL_URL"),
        ({"FILES_URL": "ftp://files.example"}, "FILES_URL"),
        ({"FILES_URL": "s3://"}, "FILES_URL"),
        ({"FILES_URL": "s3://bucket?secret=x"}, "FILES_URL"),
        ({"CLAMD_URL": "http://clamd.example"}, "CLAMD_URL"),
        ({"CLAMD_URL": "tcp://"}, "CLAMD_URL"),
        ({"CLAMD_URL": "unix:clamd.sock"}, "CLAMD_URL"),
        ({"ENVIRONMENT": "prod"}, "ENVIRONMENT"),
        ({"PORT": "eighty"}, "PORT"),
        ({"PORT": "65536"}, "PORT"),
        ({"WORKERS": "0"}, "WORKERS"),
        ({"WORKERS": "2.5"}, "WORKERS"),
        ({"TRUSTED_PROXIES": "yes"}, "TRUSTED_PROXIES"),
        ({"TRUSTED_PROXIES": "0"}, "TRUSTED_PROXIES"),
        ({"TRUSTED_PROXIES": ""}, "TRUSTED_PROXIES"),
    ],
)
def test_production_refuses_to_start_and_names_the_reason(changes: dict[str, str], named: str) -> None:
    found = reasons(**changes)

    assert len(found) == 1
    assert found[0].startswith(named)


def test_every_reason_is_named_at_once() -> None:
    found = reasons(SECRET_KEY="", BASE_URL="http://x.example", MAIL_URL="folder:")

    assert [reason.split(" ", 1)[0] for reason in found] == ["SECRET_KEY", "BASE_URL", "MAIL_URL"]


def test_the_program_itself_refuses_without_a_traceback(tmp_path: Path) -> None:
    environ = {**os.environ, "ENVIRONMENT": "production", "SECRET_KEY": "", "DATA_DIR": str(tmp_path)}

    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert "SECRET_KEY is missing or weak" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("folder", ["a file", "a file/inside it"])
def test_a_data_folder_that_cannot_be_written_is_one_clear_sentence(tmp_path: Path, folder: str) -> None:
    (tmp_path / "a file").touch()
    environ = {**os.environ, "DATA_DIR": str(tmp_path / folder)}

    ended = subprocess.run(
        [sys.executable, "-c", "import wsgi"], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 1
    assert f"The data folder {tmp_path / folder} cannot be written" in ended.stderr
    assert "DATA_DIR=" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_newcomer_needs_no_setting(tmp_path: Path) -> None:
    settings = from_environment({})

    assert settings.environment == "development"
    assert settings.is_development
    assert not settings.is_production
    assert settings.base_url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{ROOT / 'instance' / 'coopcity.sqlite3'}"
    assert from_environment({"PORT": "8001"}).base_url == "http://127.0.0.1:8001"


@pytest.mark.parametrize("given", ["postgresql://me@db/coopcity", "postgres://me@db/coopcity"])
def test_any_spelling_of_postgresql_is_understood(given: str) -> None:
    assert from_environment({"DATABASE_URL": given}).database_url == "postgresql+psycopg://me@db/coopcity"


def test_the_development_secret_is_made_once_and_is_nobody_elses(tmp_path: Path) -> None:
    secret = stored_secret(tmp_path)

    assert len(secret) >= 64
    assert stored_secret(tmp_path) == secret
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        from_environment({}).port = 1  # type: ignore[misc]


def test_the_manual_explains_every_setting_and_no_other() -> None:
    manual = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\|\s*`([A-Z_]+)`", manual, re.MULTILINE))

    assert explained == {field.name.upper() for field in fields(Settings)}


def test_only_config_reads_the_environment() -> None:
    places = [place for place in (ROOT / "app").rglob("*.py") if re.search(r"os\.(environ|getenv)", place.read_text())]

    assert places == []
