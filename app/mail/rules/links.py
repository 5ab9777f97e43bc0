"""Addresses in letters: secret keys, and links to other hosts."""

import html
import re
import unicodedata

# A one-time link signs in the person who opens it (accounts_public.open_link, both languages). Any host counts.
KEY = re.compile(r"(/(?:nl/aanmelden|fr/connexion)/)(?!(?:verstuurd|envoye)(?![\w-]))[^\s\"'<>]+")
HIDDEN = "…"
# The same, plus links to a registration, copy or subscription, and late codes (programmes/rules/late.py), which also
# occur on their own: none of these is stored in clear.
CODE = r"(?:[ACDEFGHJKLMNPQRTUVWXY346789]{4}-){2}[ACDEFGHJKLMNPQRTUVWXY346789]{4}(?![\w-])"
CODE_HIDDEN = "…-…-"
KEPT_OUT = re.compile(
    r"(/(?:nl/aanmelden|fr/connexion|nl/agenda/plaats|fr/agenda/place|nl/contact/kopie|fr/contact/copie"
    r"|nl/op-de-hoogte/(?:bevestigen|beheren|stoppen)|fr/rester-au-courant/(?:confirmer|gerer|arreter))/"
    rf"(?!(?:verstuurd|envoye)(?![\w-]))|(?<![\w-])(?={CODE}|{CODE_HIDDEN}…))"
    rf"([A-Za-z0-9_-]+|(?:{CODE_HIDDEN})?…\d*)"
)

# Syntax that some mail programs turn into links: HTML, and Markdown with its target in round or square brackets.
MARKUP = re.compile(
    r"<\s*/?\s*[a-z!][^\n]*|\][ \t]*[(\[][^\n]*|^[ \t]*\[[^\]\n]*\]:[^\n]*", re.IGNORECASE | re.MULTILINE
)
SCHEME = re.compile(
    r"\b(?:[a-z][a-z0-9+.-]*:\s?/|(?:https?|ftp|file|data|javascript|vbscript|blob|intent):)\S*", re.IGNORECASE
)
HTTP = re.compile(r"https?://([^/?#\s]*)", re.IGNORECASE)
NO_SCHEME = re.compile(r"(?<![:\w/])//+[^\s/]\S*")
LABEL = r"[^\W_](?:[\w-]*[^\W_])?"
BARE_HOST = re.compile(
    rf"(?<![\w@.:/-])((?:{LABEL}\.)+(?:xn--[\w-]+|[^\W\d_]{{2,}}))(?![\w@-]|\.\w)((?::\d+|[/?#])\S*)?"
)
MAIL_WITH_PATH = re.compile(r"[\w.+-]+@[\w.-]+(?::\d+|/)\S*")
BARE_NUMBER = re.compile(r"(?<![\w.:/])\d{1,3}(?:\.\d{1,3}){3}(?::\d+|/)\S*")
BACKSLASH = re.compile(r"\S*\\\S*")  # a slash to browsers, part of a name to other programs
TRAILING = ".,;:!?)»’”\u00a0\u202f"


def without_keys(text: str) -> str:
    """The text without keys and codes."""
    return KEY.sub(rf"\1{HIDDEN}", with_marks(text, keys_in(text)))


def has_key(text: str) -> bool:
    """True when the letter contains a key, or did before its key was deleted."""
    return KEY.search(text) is not None


def keys_in(text: str, *, hidden: bool = False) -> list[str]:
    """The keys in the links of this text, each once, in order; `hidden`: the marks that replaced them."""
    found = (match[2] for match in KEPT_OUT.finditer(text))
    return list(dict.fromkeys(one for one in found if one.startswith(HIDDEN) is hidden))


def with_marks(text: str, keys: list[str]) -> str:
    """The text with a mark in place of each key."""
    marks = {key: _mark(number, key) for number, key in enumerate(keys)}
    return KEPT_OUT.sub(lambda match: match[1] + marks.get(match[2], match[2]), text)


def with_keys(text: str, keys: list[str]) -> str:
    """The text with its keys in place of the marks."""
    marks = {_mark(number, key): key for number, key in enumerate(keys)}
    return KEPT_OUT.sub(lambda match: match[1] + marks.get(match[2], match[2]), text)


def _mark(number: int, key: str) -> str:
    before = CODE_HIDDEN if re.fullmatch(CODE, key) else ""
    return f"{before}{HIDDEN}{number + 1}" if number else f"{before}{HIDDEN}"


def foreign_addresses(text: str, own_host: str) -> list[str]:
    """Every address in the text that leads, or may lead, away from `own_host` (host with port, as in BASE_URL).

    Read as a lenient mail program would: full-width dots, invisible characters and HTML entities are normalised; a user
    before the host, a placeholder inside the host and an address inside markup are always foreign.
    """
    plain = _as_read(text)
    found = [match[0] for pattern in (MARKUP, BACKSLASH) for match in pattern.finditer(plain)]
    rest = MARKUP.sub(" ", plain)
    found += [match[0] for match in SCHEME.finditer(rest) if not _is_ours(match[0], own_host)]
    rest = SCHEME.sub(" ", rest)
    for pattern in (NO_SCHEME, MAIL_WITH_PATH, BARE_NUMBER):
        found += [match[0] for match in pattern.finditer(rest)]
        rest = pattern.sub(" ", rest)
    found += [match[0] for match in BARE_HOST.finditer(rest) if match[1].lower() != own_host.partition(":")[0]]
    return list(dict.fromkeys(one.strip().rstrip(TRAILING) for one in found))


def has_address(text: str) -> bool:
    """True when the text contains any address."""
    return bool(foreign_addresses(text, ""))


def _is_ours(address: str, own_host: str) -> bool:
    match = HTTP.match(address)
    return bool(match and own_host and match[1].rstrip(TRAILING).lower() == own_host.lower())


def _as_read(text: str) -> str:
    """Normalised: compatibility forms, no invisible characters, entities decoded, one kind of slash and dot."""
    folded = unicodedata.normalize("NFKC", html.unescape(text))
    visible = "".join(sign for sign in folded if unicodedata.category(sign) != "Cf")
    return visible.replace("。", ".").replace("｡", ".").replace("⁄", "/").replace("∕", "/")
