"""Copies without metadata about the author: name, company, camera. The stored file never changes.

Only metadata is removed. A name in the text or in a picture stays.
"""

from app.core.files import metadata_office, metadata_pdf, metadata_pictures
from app.core.files.metadata_pdf import Unremovable

__all__ = ["Unremovable", "without_metadata"]


def without_metadata(content: bytes, media_type: str) -> bytes:
    """The file without metadata about its author. Raises Unremovable when that fails."""
    match media_type.rpartition("/")[2].rpartition(".")[2]:
        case "pdf":
            return metadata_pdf.without_metadata(content)
        case "jpeg" | "png":
            return metadata_pictures.without_metadata(content)
        case "document" | "text" | "sheet" | "spreadsheet":
            return metadata_office.without_metadata(content)
    raise Unremovable(media_type)
