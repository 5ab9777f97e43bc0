"""Signals of a conflict of interest: mail domain, enterprise number, names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.conflicts.rules.status import ConflictSignal
from app.core.belgium.enterprise_number import digits_of, slip_in
from app.core.text.cleaning import folded

# Public mail providers: they say nothing about an employer.
PUBLIC_PROVIDERS = frozenset(
    {
        "gmail.com",
        "googlemail.com",
        "outlook.com",
        "outlook.be",
        "outlook.fr",
        "hotmail.com",
        "hotmail.be",
        "hotmail.fr",
        "live.com",
        "live.be",
        "live.fr",
        "msn.com",
        "yahoo.com",
        "yahoo.be",
        "yahoo.fr",
        "ymail.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "aol.com",
        "gmx.com",
        "gmx.net",
        "gmx.fr",
        "mail.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "tuta.com",
        "tutanota.com",
        "posteo.net",
        "disroot.org",
        "riseup.net",
        "proximus.be",
        "skynet.be",
        "belgacom.net",
        "telenet.be",
        "pandora.be",
        "scarlet.be",
        "voo.be",
        "brutele.be",
        "edpnet.be",
        "belgium.com",
        "orange.be",
        "orange.fr",
        "mobistar.be",
        "base.be",
        "tvcablenet.be",
        "free.fr",
        "laposte.net",
        "wanadoo.fr",
        "sfr.fr",
        "numericable.be",
        "zoho.com",
        "fastmail.com",
    }
)

# Domains of examples and rehearsals: they are nobody's employer.
EXAMPLES = frozenset({"example.be", "example.com", "example.net", "example.org", "coopcity.invalid"})
NOBODYS = PUBLIC_PROVIDERS | EXAMPLES

# Titles and legal forms beside a name, and words that half of the sector has in its name.
BESIDE_A_NAME = frozenset(
    {
        "vzw",
        "asbl",
        "ivzw",
        "aisbl",
        "cv",
        "sc",
        "cvba",
        "scrl",
        "bv",
        "srl",
        "bvba",
        "sprl",
        "nv",
        "sa",
        "fs",
        "vso",
        "es",
        "scop",
        "son",
        "het",
        "de",
        "een",
        "the",
        "la",
        "le",
        "les",
        "l",
        "du",
        "des",
        "d",
        "van",
        "en",
        "et",
        "and",
        "of",
    }
)
TOO_COMMON = frozenset(
    {
        "brussel",
        "bruxelles",
        "brussels",
        "coop",
        "cooperatie",
        "cooperative",
        "cooperatief",
        "project",
        "projet",
        "sociaal",
        "social",
        "sociale",
        "zelfstandig",
        "zelfstandige",
        "independant",
        "independante",
        "freelance",
        "gemeente",
        "commune",
    }
)
SHORTEST_NAME = 4  # letters; shorter names are abbreviations that occur in too many words
NUMBER = re.compile(r"(?:BE\s*)?[01]?\d{3}[\s.]?\d{3}[\s.]?\d{3}\b", re.IGNORECASE)


@dataclass(frozen=True)
class PersonFacts:
    """A reviewer or colleague; nothing of theirs should occur in the application."""

    id: int
    name: str
    email: str
    organisation: str = ""


@dataclass(frozen=True)
class Facts:
    """What an application says about the people behind it. `people`: ids of its team."""

    id: int
    title: str
    people: frozenset[int] = frozenset()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()


def signal_of(person: PersonFacts, file: Facts) -> ConflictSignal | None:
    """The strongest signal for this person and application, or None."""
    if person.id in file.people:
        return ConflictSignal.TEAM
    if person.email in file.emails:
        return ConflictSignal.NAME  # anybody can type an address: the team has to look, and may dismiss it
    if numbers_in(person.organisation) & file.numbers:
        return ConflictSignal.ENTERPRISE_NUMBER
    if any(same_domain(person.email, email) for email in file.emails):
        return ConflictSignal.MAIL_DOMAIN
    if any(same_person(person.name, name) for name in file.names):
        return ConflictSignal.NAME
    organisation = _core(person.organisation)
    if _says_something(organisation) and any(_holds(text, organisation) for text in (file.title, *file.names)):
        return ConflictSignal.NAME
    title = _core(file.title)
    return ConflictSignal.NAME if _says_something(title) and _holds(person.organisation, title) else None


def signals_for(people: Iterable[PersonFacts], files: Iterable[Facts]) -> list[tuple[int, int, ConflictSignal]]:
    """(application, person, signal) for every match, in the order of the applications."""
    reviewers = list(people)
    found = [(file.id, person.id, signal_of(person, file)) for file in files for person in reviewers]
    return [(file_id, person_id, signal) for file_id, person_id, signal in found if signal]


def same_domain(one: str, other: str) -> bool:
    """True when two addresses share an organisation's domain. Public providers do not count."""
    first, second = (address.rpartition("@")[2].casefold() for address in (one, other))
    if not first or not second or {first, second} & NOBODYS:
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def same_person(one: str, other: str) -> bool:
    """True when two names fit the same person, regardless of order, accents and a second first name.

    A single word is not enough: many people in Brussels are called Janssens.
    """
    first, second = set(words_of(one)), set(words_of(other))
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) > 1 and shorter <= longer


@lru_cache(4096)
def numbers_in(text: str) -> frozenset[str]:
    """The enterprise numbers in a text, as ten digits."""
    found = (digits_of(match[0]) for match in NUMBER.finditer(text))
    return frozenset(digits for digits in found if slip_in(digits) is None)


@lru_cache(4096)  # every reviewer is compared with every application
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without accents, capitals and punctuation."""
    return tuple(re.findall(r"[^\W_]+", folded(text)))


@lru_cache(4096)
def _core(name: str) -> tuple[str, ...]:
    """The distinctive words of an organisation's name, without legal form, articles and numbers."""
    return tuple(word for word in words_of(name) if word not in BESIDE_A_NAME and not word.isdigit())


def _says_something(name: tuple[str, ...]) -> bool:
    return sum(map(len, name)) >= SHORTEST_NAME and any(word not in TOO_COMMON for word in name)


def _holds(text: str, name: tuple[str, ...]) -> bool:
    """True when the text contains these words as whole words in a row."""
    words = _core(text)
    return any(words[place : place + len(name)] == name for place in range(len(words) - len(name) + 1))
