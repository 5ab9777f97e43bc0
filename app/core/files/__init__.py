"""Files that people send: what they really are, and where they are kept."""

from app.core.files.check import LARGEST, Accepted, Rejected, accept, accept_and_store
from app.core.files.metadata import Unremovable
from app.core.files.reply import as_attachment
from app.core.files.storage import Folder, init_app, storage

__all__ = [
    "LARGEST",
    "Accepted",
    "Folder",
    "Rejected",
    "Unremovable",
    "accept",
    "accept_and_store",
    "as_attachment",
    "init_app",
    "storage",
]
