"""What makes us think that somebody is too close to a file: mail domain, enterprise number, names."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from app.conflicts.rules.status import ConflictSignal
from app.core.belgium.enterprise_number import digits_of, slip_in
from app.core.text.cleaning import folded

# Addresses that anybody can have: they say nothing about where somebody works.
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

# What examples are written with, here, in rehearsals and in practice data: nobody's house either.
EXAMPLES = frozenset({"example.be", "example.com", "example.net", "example.org", "coopcity.invalid"})
NOBODYS = PUBLIC_PROVIDERS | EXAMPLES

# What stands beside a name without being a part of it, and words that half of the sector has in its name.
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
SHORTEST_NAME = 4  # letters; three letters are an abbreviation that stands in too many words' place
NUMBER = re.compile(r"(?:BE\s*)?[01]?\d{3}[\s.]?\d{3}[\s.]?\d{3}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Stranger:
    """Somebody who may come to read: nothing of theirs should stand in the file."""

    id: int
    name: str
    email: str
    organisation: str = ""


@dataclass(frozen=True)
class Facts:
    """What a file says about who stands behind it. `people`: ids of whoever works on it."""

    id: int
    title: str
    people: frozenset[int] = frozenset()
    emails: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    numbers: frozenset[str] = frozenset()


def signal_of(person: Stranger, file: Facts) -> ConflictSignal | None:
    """The strongest sign that this person is too close to this file; None when nothing points to it."""
    if person.id in file.people:
        return ConflictSignal.TEAM
    if person.email in file.emails:
        return (
            ConflictSignal.NAME
        )  # anybody can type an address: somebody has to look, and may say that it means nothing
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


def signals_for(people: Iterable[Stranger], files: Iterable[Facts]) -> list[tuple[int, int, ConflictSignal]]:
    """(file, person, sign) for every pair that something points to, in the order of the files."""
    reviewers = list(people)
    found = [(file.id, person.id, signal_of(person, file)) for file in files for person in reviewers]
    return [(file_id, person_id, signal) for file_id, person_id, signal in found if signal]


def same_domain(one: str, other: str) -> bool:
    """Do two addresses come from the same house? A public provider is nobody's house."""
    first, second = (address.rpartition("@")[2].casefold() for address in (one, other))
    if not first or not second or {first, second} & NOBODYS:
        return False
    return first == second or first.endswith(f".{second}") or second.endswith(f".{first}")


def same_person(one: str, other: str) -> bool:
    """Do two names name the same person, whatever the order, the accents, and a second first name?

    One word alone is no name: half of Brussels is called Janssens.
    """
    first, second = set(words_of(one)), set(words_of(other))
    shorter, longer = sorted((first, second), key=len)
    return len(shorter) > 1 and shorter <= longer


@lru_cache(4096)
def numbers_in(text: str) -> frozenset[str]:
    """The enterprise numbers in a text, ten digits each."""
    found = (digits_of(match[0]) for match in NUMBER.finditer(text))
    return frozenset(digits for digits in found if slip_in(digits) is None)


@lru_cache(4096)  # each reader is held against each file
def words_of(text: str) -> tuple[str, ...]:
    """The words of a text without accents, capitals and marks."""
    return tuple(re.findall(r"[^\W_]+", folded(text)))


@lru_cache(4096)
def _core(name: str) -> tuple[str, ...]:
    """The words by which an organisation is known: legal form, articles and numbers left out."""
    return tuple(word for word in words_of(name) if word not in BESIDE_A_NAME and not word.isdigit())


def _says_something(name: tuple[str, ...]) -> bool:
    return sum(map(len, name)) >= SHORTEST_NAME and any(word not in TOO_COMMON for word in name)


def _holds(text: str, name: tuple[str, ...]) -> bool:
    """Does the text hold these words, whole and in a row?"""
    words = _core(text)
    return any(words[place : place + len(name)] == name for place in range(len(words) - len(name) + 1))
