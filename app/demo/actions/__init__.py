"""Writing a fabricated world; every row says that it is one, unless somebody wants it otherwise."""

from app.demo.actions.files import fabricate_applications
from app.demo.actions.public import fabricate_enterprises, fabricate_events

__all__ = ["fabricate_applications", "fabricate_enterprises", "fabricate_events"]
