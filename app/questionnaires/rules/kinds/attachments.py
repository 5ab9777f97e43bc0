"""The kind for files; they are stored separately and checked on upload."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.core.sizes import MAX_FILE, MEGABYTE
from app.questionnaires.rules import writing
from app.questionnaires.rules.definition import Question
from app.questionnaires.rules.kinds.base import Kind, Shape, label_of

SHOWN_OF_A_NAME = 80
KIND_NAMES = {"pdf": "PDF", "jpg": "JPG", "png": "PNG", "odt": "ODT", "docx": "DOCX"}
SAME_KIND = {"jpeg": "jpg"}


WORDS = {
    "empty": _l("The file “%(name)s” is empty: send it again"),
    "broken": _l("The file “%(name)s” cannot be opened: save it as a new file and send that"),
    "locked": _l("The file “%(name)s” is behind a password: save it without one and send it again"),
    "active": _l("The file “%(name)s” runs, fetches or hides something: save it as a plain PDF and send that"),
    "too_many_pixels": _l("The picture “%(name)s” is too large: send it smaller"),
    "heavy": _l("The file “%(name)s” takes too long to check: save it as a simpler PDF and send that"),
    "later": _l("The file “%(name)s” could not be checked now: send it again by itself in a minute"),
    "unstored": _l("The file “%(name)s” could not be stored: send it again in an hour"),
    "infected": _l("The file “%(name)s” carries a virus: clean your computer and send another file"),
    "unchecked": _l("The file “%(name)s” could not be checked for viruses: send it again in an hour"),
}


class File(Protocol):
    """An attachment."""

    @property
    def key(self) -> str: ...

    @property
    def question(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def size(self) -> int: ...

    @property
    def added_at(self) -> datetime: ...


class Files(Kind):
    """Some files; the raw answer is their list."""

    shape: ClassVar[Shape] = "files"
    typed: ClassVar[bool] = False

    def is_empty(self, raw: Any) -> bool:
        return not raw

    def needed(self, question: Question) -> str:
        """Which files to add."""
        return _("Add a file to “%(question)s”", question=label_of(question))

    def problem(self, question: Question, raw: Sequence[File]) -> str | None:
        """The number of files; each was checked on upload."""
        most = question.most
        if most is None or len(raw) <= most:
            return None
        return ngettext(
            "Keep at most one file under “%(question)s”",
            "Keep at most %(num)s files under “%(question)s”",
            most,
            question=label_of(question),
        )

    def value(self, question: Question, raw: Any) -> Any:  # noqa: ARG002
        return list(raw or ())

    def show(self, question: Question, raw: Sequence[File], locale: str) -> list[str]:  # noqa: ARG002
        """Name and size of each."""
        return [f"{file.name}, {writing.size(file.size, locale)}" for file in raw or ()]


def refusal(question: Question, name: str, reason: str) -> str:
    """Why an upload was refused, and what to send instead. `reason`: from the file check, or `too_many`."""
    shown = name if len(name) <= SHOWN_OF_A_NAME else name[:SHOWN_OF_A_NAME] + "…"
    match reason:
        case "too_large":
            most = writing.size((question.megabytes or MAX_FILE // MEGABYTE) * MEGABYTE, writing.current())
            return _("The file “%(name)s” is too large: send one of at most %(size)s", name=shown, size=most)
        case "wrong_kind":
            kinds = ", ".join(KIND_NAMES.get(kind, kind) for kind in question.accepted_kinds)
            ending = name.rpartition(".")[2].lower()
            announced = SAME_KIND.get(ending, ending)
            if announced in question.accepted_kinds:
                kind = KIND_NAMES.get(announced, announced)
                return _(
                    "The content of the file “%(name)s” is not a %(kind)s, although its name says so: "
                    "save it again as a %(kind)s and send that",
                    name=shown,
                    kind=kind,
                )
            return _("The file “%(name)s” is not accepted: send one of these kinds: %(kinds)s", name=shown, kinds=kinds)
        case "too_many":
            return ngettext(
                "The file “%(name)s” was not added: there may be only one",
                "The file “%(name)s” was not added: there may be at most %(num)s",
                question.most or 1,
                name=shown,
            )
    return str(WORDS.get(reason, WORDS["broken"]) % {"name": shown})
