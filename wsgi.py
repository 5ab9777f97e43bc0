"""The application for a WSGI server: `granian --interface wsgi wsgi:app`."""

import sys

from app import create_app
from config import Misconfigured, from_environment

try:
    app = create_app(from_environment())
except Misconfigured as reasons:
    sys.exit(f"Coopcity does not start:\n{reasons}")
