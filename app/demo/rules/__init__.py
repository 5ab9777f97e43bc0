"""Believable things, made of parts that fit in both languages; the same seed makes the same ones."""

from app.demo.rules.files import Path, a_file, a_score
from app.demo.rules.public import FIRST, SECOND, an_enterprise, an_evening

__all__ = ["FIRST", "SECOND", "Path", "a_file", "a_score", "an_enterprise", "an_evening"]
