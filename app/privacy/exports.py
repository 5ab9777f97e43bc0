"""All personal data of a person in one archive: data.json, and the files they sent."""

import io
import json
import zipfile
from typing import IO, Any

from app.accounts.models import Person
from app.applications.models import Attachment
from app.core.files.storage import storage
from app.privacy.queries import personal_data, sources

UNSAFE = str.maketrans(dict.fromkeys('/\\:*?"<>|\0\n\r\t', "_"))


def write_archive(person: Person, target: IO[bytes]) -> None:
    """Write the archive; a file missing from storage is still named in data.json."""
    subject = sources.subject_of(person)
    roles, is_over = personal_data.roles_of(subject), personal_data.over_ids(subject)
    data: dict[str, Any] = {"person": sources.as_data(person)}
    attachments: list[Attachment] = []
    for source in sources.PERSONAL_DATA_SOURCES:
        found = sources.rows(subject, source)
        data[source.name] = [personal_data.for_the_person(one, source, subject, roles, is_over) for one in found]
        if source.model is Attachment:
            attachments = found
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        # A lone surrogate becomes its JSON escape, so that it cannot break the archive.
        whole = json.dumps(data, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")
        archive.writestr("data.json", whole)
        for one in attachments:
            try:
                content = storage().get(one.digest)
            except FileNotFoundError:
                continue
            archive.writestr(f"files/{one.id}-{one.name.translate(UNSAFE)[-100:]}", content)


def archive_of(person: Person) -> io.BytesIO:
    """The archive, positioned at its start."""
    made = io.BytesIO()
    write_archive(person, made)
    made.seek(0)
    return made
