"""Parse the paragraphs of a letter, for both the text and the HTML part."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from textwrap import TextWrapper

ADDRESSES = ("https://", "http://")
WIDTH = 78  # RFC 5322, 2.1.1
MARK = re.compile(r"(?:> ?)*(?:- )?")


@dataclass(frozen=True)
class Part:
    """One paragraph: `text`, `plate` (a reference to keep), `button` (label and address) or `list`."""

    kind: str
    lines: tuple[str, ...]


def parts(text: str, *, addresses: Collection[str] = ()) -> list[Part]:
    """Parse the paragraphs once, so that text and HTML cannot differ.

    A paragraph whose second line is an address is a button; lines starting with `- ` are a list; a line starting with
    `= ` is a plate. `addresses`: placeholders that stand for an address.
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
    """The marked-up source for editing; parsing it gives the same parts."""
    marks = {"list": "- ", "plate": "= "}
    return "\n\n".join("\n".join(marks.get(part.kind, "") + line for line in part.lines) for part in found) + "\n"


def as_plain_text(found: list[Part]) -> str:
    """The plain text part."""
    written = []
    for part in found:
        mark = "- " if part.kind == "list" else ""
        written.append("\n".join(mark + line for line in part.lines))
    return "\n\n".join(written) + "\n"


def wrapped(text: str) -> str:
    """Wrap lines at 78 characters; an address stays whole, on its own line if necessary.

    Quoted lines keep their mark, list items their indent. Not `format=flowed`: it needs a space at the end of each
    broken line, which quoted-printable and forwarding remove.
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
