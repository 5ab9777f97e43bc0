"""How one text becomes both parts of a mail: its paragraphs, read once and shown twice."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from textwrap import TextWrapper

ADDRESSES = ("https://", "http://")
WIDTH = 78  # RFC 5322, 2.1.1: what every mail program shows without breaking it itself
MARK = re.compile(r"(?:> ?)*(?:- )?")


@dataclass(frozen=True)
class Part:
    """One paragraph of a letter: `text`, `plate` (a reference to keep), `button` (label and address) or `list`."""

    kind: str
    lines: tuple[str, ...]


def parts(text: str, *, addresses: Collection[str] = ()) -> list[Part]:
    """Read a letter's paragraphs. Written once, shown twice: text and HTML cannot come to say different things.

    A paragraph whose second line is an address is a button; lines that begin with `- ` are a list;
    a line that begins with `= ` is a plate. `addresses`: placeholders that stand for an address.
    """
    found = []
    for paragraph in text.strip().split("\n\n"):
        lines = tuple(line.strip() for line in paragraph.strip().split("\n"))
        if len(lines) == 2 and (lines[1].startswith(ADDRESSES) or lines[1] in addresses):
            found.append(Part("button", lines))
        elif all(line.startswith("- ") for line in lines):
            found.append(Part("list", tuple(line[2:] for line in lines)))
        elif lines[0].startswith("= "):
            found.append(Part("plate", tuple(line.removeprefix("= ") for line in lines)))
        elif any(lines):
            found.append(Part("text", lines))
    return found


def as_source(found: list[Part]) -> str:
    """The words with their marks, as a colleague edits them: reading them again gives the same parts."""
    marks = {"list": "- ", "plate": "= "}
    return "\n\n".join("\n".join(marks.get(part.kind, "") + line for line in part.lines) for part in found) + "\n"


def as_plain_text(found: list[Part]) -> str:
    """The letter for a reader without HTML."""
    written = []
    for part in found:
        mark = "- " if part.kind == "list" else ""
        written.append("\n".join(mark + line for line in part.lines))
    return "\n\n".join(written) + "\n"


def wrapped(text: str) -> str:
    """The plain part with lines of at most 78 characters; an address stays whole, on a line of its own if need be.

    The lines of a quotation keep their mark, those of a list item their indent. `format=flowed` is not used: it asks
    for a space at the end of each broken line, which quoted-printable and forwarding programs take away.
    """
    return "\n".join(line if len(line) <= WIDTH else _broken(line) for line in text.split("\n"))


def _broken(line: str) -> str:
    found = MARK.match(line)
    mark = found[0] if found else ""
    following = mark.removesuffix("- ") + "  " if mark.endswith("- ") else mark
    lines = TextWrapper(
        WIDTH,
        initial_indent=mark,
        subsequent_indent=following,
        break_long_words=False,
        break_on_hyphens=False,
        expand_tabs=False,
        replace_whitespace=False,
    ).wrap(line.removeprefix(mark))
    return "\n".join(lines)
