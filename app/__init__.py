"""Coopcity: website and application system of the support centre."""

from flask import Flask
from flask_compress import Compress

from app import commands
from app.core import logs, private, sizes
from app.core.audit import access_log
from app.core.belgium import lists
from app.core.db import engine
from app.core.exports import structured
from app.core.files import storage
from app.core.http import (
    assets,
    bodies,
    conditional,
    edit_forms,
    errorpages,
    forms,
    limits,
    security,
    unsent_fields,
    web,
)
from app.core.i18n import language, setup
from app.core.rooms import register
from app.core.text import markdown
from app.rooms import ROOMS
from config import ROOT, Settings, make_data_dir, stored_secret


def create_app(settings: Settings) -> Flask:
    """Create the application for these settings."""
    app = Flask(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    make_data_dir(settings.data_dir)
    app.config.update(
        ROOT=ROOT,
        SETTINGS=settings,
        ENVIRONMENT=settings.environment,
        SECRET_KEY=settings.secret_key or stored_secret(settings.data_dir),
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        DATA_DIR=settings.data_dir,
        BASE_URL=settings.base_url,
        MAIL_URL=settings.mail_url,
        MAIL_FROM=settings.mail_from,
        MAIL_REPLY_TO=settings.mail_reply_to,
        FILES_URL=settings.files_url,
        CLAMD_URL=settings.clamd_url,
        TRUSTED_PROXIES=settings.trusted_proxies or 0,
        LOG_LEVEL=settings.log_level,
        COMPRESS_BR_LEVEL=7,
        MAX_CONTENT_LENGTH=sizes.MAX_BODY,
        MAX_FILES_TOGETHER=sizes.MAX_FILES_TOGETHER,
        MAX_FORM_MEMORY_SIZE=2_000_000,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["is_development"] = settings.is_development
    app.jinja_env.globals["error_of"] = forms.error_of
    app.jinja_env.globals.update(stored_of=edit_forms.stored_of, last_change=edit_forms.last_change)
    app.jinja_env.filters["markdown"] = markdown.markdown
    app.jinja_env.filters["quoted"] = markdown.quoted
    app.jinja_env.globals["breadcrumbs"] = structured.breadcrumbs
    app.jinja_env.globals["json_ld"] = structured.json_ld
    app.jinja_env.globals["municipality_name"] = lambda code: lists.municipality_name(code, language.locale())
    for part in (logs, private, bodies, security, web, engine, access_log, setup, limits, storage, assets, errorpages):
        part.init_app(app)
    unsent_fields.init_app(app)
    register(app, ROOMS)
    commands.init_app(app)
    # After-request functions run in reverse order: the ETag is set before compression.
    Compress(app).compress_mimetypes_set.add("text/calendar")
    conditional.init_app(app)
    return app
