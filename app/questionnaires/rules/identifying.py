"""Questions whose answers identify a person: hidden under blind review.

Decided by kind and label as well as the setting: published forms never change, and a forgotten setting must not reveal
a name.
"""

import re
from collections.abc import Iterable

from app.core.i18n.bilingual import LOCALES
from app.core.text.cleaning import folded
from app.questionnaires.rules.definition import Question

CONTACT = frozenset({"email", "phone", "link", "enterprise_number"})
COMPLETIONS = frozenset({"name", "given-name", "additional-name", "family-name", "nickname", "email", "tel", "url"})
KEYS = frozenset({"name", "first_name", "last_name"})
NAMED = frozenset(
    "naam namen voornaam voornamen achternaam familienaam contactpersoon nom noms prenom prenoms".split()  # noqa: SIM905
)
AROUND = frozenset(
    "je jouw jullie uw van de het een en of volledige in vul votre vos ta ton du des la le les l d et ou complet "  # noqa: SIM905
    "entier famille usage personne contact persoon aanvrager indiener trekker teamlid lid leden medestander "
    "membre membres porteur porteuse projectdrager candidat candidate kandidaat quel quels est sont wat is zijn".split()
)


def is_identifying(question: Question) -> bool:
    """True when the answer names or contacts a person or organisation."""
    labels = [question.label[locale] for locale in LOCALES]
    return question.personal or asks_who(question.kind, question.key, question.autocomplete, labels)


def asks_who(kind: str, key: str, autocomplete: str, labels: Iterable[str]) -> bool:
    """True when a question of this kind and label asks for identity."""
    if kind in CONTACT:
        return True
    named = key in KEYS or autocomplete in COMPLETIONS or any(map(_asks_a_name, labels))
    return kind == "short_text" and named


def _asks_a_name(label: str) -> bool:
    """“Voornaam”, “Naam en voornaam van de contactpersoon”, « Votre nom »; not the name of a project."""
    words = set(re.findall(r"[^\W_]+", folded(label)))
    return bool(words & NAMED) and words <= NAMED | AROUND
