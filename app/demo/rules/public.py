"""Believable enterprises and events from parts that fit in both languages; the same seed gives the same ones."""

from dataclasses import dataclass
from random import Random

from app.core.belgium.lists import LEGAL_FORMS, MUNICIPALITIES, SECTORS
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.events.rules import SPOKEN

FIRST = (
    "Atelier",
    "Maison",
    "Huis",
    "Studio",
    "Collectif",
    "Buurt",
    "Table",
    "Werkplaats",
    "Jardin",
    "Wijk",
    "Coop",
    "Brasserie",
    "Fabriek",
    "Épicerie",
    "Kantine",
    "Garage",
)
SECOND = (
    "Linde",
    "Marolles",
    "Zenne",
    "Canal",
    "Bloem",
    "Étoile",
    "Merel",
    "Soleil",
    "Kastanje",
    "Papillon",
    "Noord",
    "Ruche",
    "Kompas",
    "Hirondelle",
    "Vijver",
    "Mosaïque",
    "Anker",
    "Tilleul",
    "Brug",
    "Cour",
)
WHAT = (
    Bilingual("kookt met wat anders verloren gaat", "cuisine ce qui serait perdu"),
    Bilingual("herstelt fietsen met jongeren uit de wijk", "répare des vélos avec des jeunes du quartier"),
    Bilingual("verhuurt woningen die van de bewoners zijn", "loue des logements qui appartiennent à leurs habitants"),
    Bilingual("wast en strijkt met mensen die herbeginnen", "lave et repasse avec des personnes qui recommencent"),
    Bilingual("bouwt software die de leden zelf bezitten", "construit des logiciels qui appartiennent aux membres"),
    Bilingual("bezorgt maaltijden op de fiets, in loondienst", "livre des repas à vélo, avec de vrais contrats"),
    Bilingual("zorgt voor ouderen die thuis willen blijven", "prend soin de personnes âgées qui restent chez elles"),
    Bilingual("drukt boeken en affiches voor verenigingen", "imprime livres et affiches pour des associations"),
)
HOW = (
    Bilingual("De ploeg beslist samen, één stem per persoon.", "L’équipe décide ensemble, une voix par personne."),
    Bilingual("De winst blijft in het werk.", "Les bénéfices restent dans l’activité."),
    Bilingual("Klanten kunnen vennoot worden.", "La clientèle peut devenir coopératrice."),
    Bilingual("Vrijwilligers en werknemers delen de taken.", "Bénévoles et personnel se partagent les tâches."),
)
THEMES = (
    Bilingual("Infosessie", "Séance d’info"),
    Bilingual("Statuten schrijven", "Écrire des statuts"),
    Bilingual("Samen beslissen", "Décider ensemble"),
    Bilingual("Rekenen met een doel", "Compter avec une finalité"),
    Bilingual("Open avond", "Soirée ouverte"),
)
LATEST_YEAR = 2026


@dataclass(frozen=True)
class Made:
    """A fabricated enterprise."""

    slug: str
    name: str
    pitch: Bilingual
    story: Bilingual
    sector: str
    legal_form: str
    municipality: str
    founded: int
    jobs: int


@dataclass(frozen=True)
class Evening:
    """A fabricated event. `in_days` may be negative; `hour` is in Brussels time."""

    key: str
    title: Bilingual
    language: str
    places: int
    in_days: int
    hour: int


def an_enterprise(number: int, seed: int) -> Made:
    """The enterprise with this number."""
    chance = Random(f"{seed} enterprise {number}")  # noqa: S311 - nothing to guess
    name = f"{chance.choice(FIRST)} {chance.choice(SECOND)} {number}"
    what, how = chance.choice(WHAT), chance.choice(HOW)
    return Made(
        slug=f"demo-{seed}-{number}",
        name=name,
        pitch=Bilingual.of({code: f"{name} {what[code]}." for code in LOCALES}),
        story=Bilingual.of({code: f"{name} {what[code]}. {how[code]}" for code in LOCALES}),
        sector=chance.choice(sorted(SECTORS)),
        legal_form=chance.choice([code for code in sorted(LEGAL_FORMS) if code != "unknown"]),
        municipality=chance.choice(sorted(MUNICIPALITIES)),
        founded=chance.randint(2008, LATEST_YEAR),
        jobs=chance.randint(1, 12),
    )


def an_evening(number: int, seed: int) -> Evening:
    """The event with this number; two thirds are past."""
    chance = Random(f"{seed} event {number}")  # noqa: S311 - nothing to guess
    theme = chance.choice(THEMES)
    return Evening(
        key=f"demo-{seed}-{number}",
        title=Bilingual.of({code: f"{theme[code]} {number}" for code in LOCALES}),
        language=chance.choice(tuple(SPOKEN)),
        places=chance.choice((8, 12, 20, 30)),
        in_days=chance.randint(-700, 350),
        hour=chance.choice((10, 14, 18)),
    )
