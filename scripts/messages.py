"""`make messages`: brings the interface words of each room into its two catalogues; `--check` only says what is open.

New words arrive untranslated, words that are no longer used leave, translations stay. The files hold no line
numbers and no dates, so that two changes rarely meet.
"""

import sys
from collections import defaultdict
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "translations"
LANGUAGES = ("nl", "fr")
SHARED = "common"  # core, layouts, components, error pages
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "lazy_gettext": None,
    "lazy_ngettext": (1, 2),
    "lazy_pgettext": ((1, "c"), 2),
    "_l": None,
}
METHODS = {".py": "python", ".html": "jinja2.ext:babel_extract", ".txt": "jinja2.ext:babel_extract"}
HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: Coopcity\n"
"Language: {language}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: {plurals}\n"

"""
NOTES = ("Translators:",)


def extracted() -> dict[str, Catalog]:
    """Per room, every message in its code and templates."""
    rooms = {place.name for place in (ROOT / "app").iterdir() if (place / "__init__.py").exists()} - {"core"}
    found: dict[str, Catalog] = defaultdict(Catalog)
    for top in ("app", "templates"):
        for source in sorted((ROOT / top).rglob("*.*")):
            method = METHODS.get(source.suffix)
            if method:
                first = source.relative_to(ROOT / top).parts[0]
                _read(source, method, found[first if first in rooms else SHARED])
    return {room: catalog for room, catalog in found.items() if len(catalog)}


def _read(source: Path, method: str, catalog: Catalog) -> None:
    options = {"silent": "false", "newstyle_gettext": "true"} if method.startswith("jinja2") else {}
    words = extract_from_file(_entry_point(method), source, KEYWORDS, NOTES, options, strip_comment_tags=True)
    for _line, message, notes, context in words:
        catalog.add(message, auto_comments=notes, context=context)


def _entry_point(method: str) -> object:
    """The extraction function itself: babel looks up names among installed packages, which this project is not."""
    module, _, name = method.partition(":")
    return getattr(__import__(module, fromlist=[name]), name) if name else method


def bring(room: str, words: Catalog) -> str:
    """Update one room's two catalogues; returns a line about untranslated messages."""
    left = []
    for language in LANGUAGES:
        catalog, _before = updated(room, language, words)
        place = place_of(room, language)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(written(catalog, language))
        left.append(f"{language} {len(untranslated(catalog))}")
    return f"  {room}: {len(words)} words, untranslated: {', '.join(left)}"


def open_points(room: str, words: Catalog) -> list[str]:
    """What `make messages` would change, and untranslated messages."""
    found = []
    for language in LANGUAGES:
        catalog, before = updated(room, language, words)
        if written(catalog, language) != before:
            found.append(f"  {room}, {language}: run `make messages`")
        found += [f"  {room}, {language}: untranslated: {key}" for key in untranslated(catalog)]
    return found


def place_of(room: str, language: str) -> Path:
    return TRANSLATIONS / room / language / "LC_MESSAGES" / "messages.po"


def updated(room: str, language: str, words: Catalog) -> tuple[Catalog, bytes]:
    """A catalogue with the present messages, and the file as it is."""
    place = place_of(room, language)
    before = place.read_bytes() if place.exists() else b""
    catalog = read_po(BytesIO(before), locale=language) if before else Catalog(locale=language)
    catalog.update(words, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    return catalog, before


def written(catalog: Catalog, language: str) -> bytes:
    """The file content of this catalogue."""
    file = BytesIO(HEADER.format(language=language, plurals=catalog.plural_forms).encode())
    file.seek(0, 2)
    write_po(file, catalog, width=120, no_location=True, omit_header=True, sort_output=True)
    return file.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The messages with a missing translation."""
    return [str(entry.id) for entry in catalog if entry.id and not all(_texts(entry.string))]


def _texts(string: str | tuple[str, ...] | list[str] | None) -> list[str]:
    return [string or ""] if isinstance(string, str | None) else list(string)


def main() -> None:
    """Every room, then catalogues of rooms that no longer exist."""
    words = extracted()
    if sys.argv[1:] == ["--check"]:
        sys.exit("\n".join(line for room in sorted(words) for line in open_points(room, words[room])) or None)
    for room, catalog in sorted(words.items()):
        print(bring(room, catalog))
    for place in sorted(TRANSLATIONS.iterdir()):
        if place.is_dir() and place.name not in words:
            print(f"  {place.name}: no words of this room are left; remove its folder")


if __name__ == "__main__":
    main()
