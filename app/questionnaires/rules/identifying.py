"""Which questions ask who somebody is or how to reach them: readers who read blind never see those answers.

It follows from the kind and the words of the question too, not only from the tick box: published forms never change,
and a box that was forgotten in one must not show a name.
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
    """Does the answer name a person or an organisation, or say how to reach them?"""
    labels = [question.label[locale] for locale in LOCALES]
    return question.personal or asks_who(question.kind, question.key, question.autocomplete, labels)


def asks_who(kind: str, key: str, autocomplete: str, labels: Iterable[str]) -> bool:
    """Is a question of this kind, with these words, one about who somebody is?"""
    if kind in CONTACT:
        return True
    named = key in KEYS or autocomplete in COMPLETIONS or any(map(_asks_a_name, labels))
    return kind == "short_text" and named


def _asks_a_name(label: str) -> bool:
    """“Voornaam”, “Naam en voornaam van de contactpersoon”, « Votre nom »; not the name of a project."""
    words = set(re.findall(r"[^\W_]+", folded(label)))
    return bool(words & NAMED) and words <= NAMED | AROUND
