"""What readers may read, what they wrote, and what they say to each other."""

from app.review.queries.reading import (
    MyCall,
    MyFile,
    SeatRow,
    hold,
    hold_call,
    hold_file,
    my_calls,
    my_files,
    my_meetings,
    readable_by,
    seat_of,
)
from app.review.queries.reviews import (
    Reviewed,
    criteria_of,
    remarks_of,
    reviews_of,
    written_in,
)

__all__ = [
    "MyCall",
    "MyFile",
    "Reviewed",
    "SeatRow",
    "criteria_of",
    "hold",
    "hold_call",
    "hold_file",
    "my_calls",
    "my_files",
    "my_meetings",
    "readable_by",
    "remarks_of",
    "reviews_of",
    "seat_of",
    "written_in",
]
