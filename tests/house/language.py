"""Words that our glossary refuses or wants, long sentences, and texts in another language than they say."""

import re
from functools import cache
from typing import NamedTuple

import py3langid
from py3langid.langid import LanguageIdentifier

LONG_ENOUGH = 45
SURE = 0.9
WORDS_ENOUGH = 7
MOST_WORDS = 20  # in one sentence
OBJECTS = "[vn]otre|[vn]os|[mstl]a|[mst]on|[mstldc]es|le|une?|du|cet(te)?|leurs?"  # how a French object begins
DAYS = "day|moment|date|until"  # placeholders that stand for a day


class Refused(NamedTuple):
    """A wording that we do not use; `issue` is a text that it finds, `fine` one that it leaves alone."""

    pattern: str
    instead: str
    issue: str
    fine: str


class Wanted(NamedTuple):
    """The one Dutch and the one French word for an English word of the domain."""

    english: str
    nl: str
    fr: str


REFUSED: dict[str, list[Refused]] = {
    "nl": [
        # One form of address, and words that are used in Belgium.
        Refused(
            r"\b(u|uw|Uw)\b|(^|[.?!] )U\b", "“je”: one form of address on the whole site", "Vul uw naam in", "Vul in"
        ),
        Refused(r"\bweerhouden\b", "“geselecteerd”: weerhouden is a gallicism", "Je bent weerhouden", "geselecteerd"),
        Refused(r"\bcoöperator(en|s)?\b", "“coöperant”", "twee coöperatoren", "twee coöperanten"),
        Refused(r"\bverduurzam\w*", "“bestendiging”: readers think of greening", "verduurzaming", "duurzaam"),
        Refused(r"\bcandidatu\w+", "“kandidatuur”", "je candidatuur", "je kandidatuur"),
        Refused(r"\b[Kk]andide(er|ren)\b", "“je kandidaat stellen”", "Kandideer nu", "Stel je kandidaat"),
        Refused(r"\bsollicit\w+", "“kandidaat”: nobody is hired", "sollicitatie", "kandidatuur"),
        Refused(r"\bmobiel(tje)?\b", "“gsm”", "je mobiel", "je gsm"),
        Refused(r"\binloggen\b|\buitloggen\b", "“aanmelden”, “afmelden”", "Je moet inloggen", "Je moet je aanmelden"),
        # One word for one thing.
        Refused(r"\bemail\b", "“e-mail”", "je email", "je e-mail"),
        Refused(r"\b[Bb]rie(f|ven)\b", "“mail”: what we send is an e-mail", "De brief vertrekt", "de nieuwsbrief"),
        Refused(r"\bopgeslagen\b|\bopslaan\b", "“bewaren”", "Je tekst is opgeslagen", "Je tekst is bewaard"),
        Refused(r"[Ww]eggooi|\bweggegooid\b", "“verwijderen”", "Concept weggooien", "Concept verwijderen"),
        Refused(r"\b[Ll]ezing(en)?\b", "“beoordeling”: a lezing is a talk", "Er ontbreekt een lezing", "De lezers"),
        Refused(r"\b[Oo]ntwerp(en)?\b", "“concept”", "Je ontwerp wordt gewist", "Je ontwerpt een dienst"),
        Refused(r"\b[Nn]otities?\b", "“nota”", "Schrijf een notitie", "Schrijf een nota"),
        Refused(r"(?<!pen )\b[Dd]ata\b", "“datums” or “gegevens”", "Nieuwe data staan eerst hier", "Open data"),
        Refused(r"\b[Rr]eferenties?\b", "“dossiernummer”", "Naam of referentie", "Naam of dossiernummer"),
        Refused(r"\b[Uu]iterste (indien)?datum", "“deadline”", "de uiterste indiendatum", "de deadline"),
        Refused(r"(?<!-)\b[Ee]venement(en)?\b", "“activiteit”", "Evenement: een plaats", "Activiteit: een plaats"),
        Refused(r"[Rr]epetitie", "“proefronde”", "Verslag van de repetitie", "Verslag van de proefronde"),
        Refused(r"\bweging(en)?\b|\bWeging(en)?\b", "“gewicht”", "De wegingen", "De gewichten"),
        Refused(r"\b[Pp]laatshouder", "“invulveld”", "Deze plaatshouders", "Deze invulvelden"),
        Refused(r"[Pp]loeggeno", "“medestanders”", "Nodig ploeggenoten uit", "Nodig medestanders uit"),
        Refused(r"[Mm]aatschappelijke? doel", "“sociaal doel”", "Het maatschappelijk doel", "Het sociale doel"),
        Refused(r"\b[Aa]frond|\b[Aa]fgerond", "“afwerken”", "voor je ze afrondt", "voor je ze afwerkt"),
        Refused(r"\b[Vv]erz(end(en)?|ond(en)?)\b", "“versturen”", "Verzonden", "Verstuurd"),
        Refused(r"\b[Ee]-mails\b|\bper e-mail\b", "“mail”", "Antwoord per e-mail", "Vul je e-mailadres in"),
        Refused(r"^Neen\b", "“Nee”", "Neen. We vragen geen diploma.", "Nee. We vragen geen diploma."),
        # Literal English or French.
        Refused(r"\b(aan|andere|geen|de) tafel\b", "“gesprekspanel”, “deelnemen aan”", "Je zit aan tafel", "het panel"),
        Refused(
            r"\bte dicht bij (dit|het|een) (dossier|project)", "“belangenconflict”", "te dicht bij dit dossier", "-"
        ),
        Refused(
            r"\b[Gg]eef\b(?! (jullie|je|de) agenda)", "“Vul … in”, “Kies”", "Geef je naam", "Geef je agenda dit adres"
        ),
        Refused(
            r"\bne(em|emt|men) (de|je|jullie|die) plaats\b(?! terug)|\bplaats af(staan|gestaan)\b",
            "“de plaats aannemen”, “afzien van”: somebody’s plaats nemen is to oust them",
            "Je neemt de plaats van deze ploeg",
            "Neem de plaats terug",
        ),
        Refused(
            rf"\btegen ⟨({DAYS})⟩", "“ten laatste op”", "Antwoord tegen %(day)s", "Antwoord ten laatste op %(day)s"
        ),
        Refused(
            r"\bbinnen de (twee|drie|\d+)\b", "without “de”: a gallicism", "binnen de twee weken", "binnen twee weken"
        ),
        Refused(r"\bbinnen het jaar\b", "“binnen een jaar”: a gallicism", "Start binnen het jaar", "binnen een jaar"),
        Refused(
            r"\b(jaar|stap|pagina) per \1\b", "“per jaar”: a gallicism", "Cijfers jaar per jaar", "Cijfers per jaar"
        ),
        Refused(r"\btel(t|len) tegen\b", "“in je nadeel spelen”", "Het telt tegen je", "Het speelt niet in je nadeel"),
        # Officialese.
        Refused(
            r"\b(immers|tevens|reeds|middels|inzake|omtrent|teneinde|gelieve|derhalve|bijgevolg)\b",
            "an everyday word: “ook”, “al”, “met”, “over”, “om”, “dus”",
            "Wil je reeds beginnen?",
            "Wil je al beginnen?",
        ),
        Refused(r"\b[Ww]ellicht\b", "“waarschijnlijk”, “misschien”", "Wellicht was jij het", "Misschien was jij het"),
        Refused(r"[Ff]acultatie", "“niet verplicht”", "Facultatieve vragen", "Niet-verplichte vragen"),
        Refused(r"\bverstr(ijk|eek|eken)\w*", "“voorbij zijn”", "toen de deadline verstreek", "De deadline is voorbij"),
        Refused(r"\bin behandeling\b", "“aan het dossier beginnen”", "Het is in behandeling", "Het team begint eraan"),
        Refused(r"\bberaadsla", "“bespreken”", "De jury beraadslaagt", "De jury bespreekt alle dossiers"),
        # Grammar and typography.
        Refused(
            r"\b([Jj]e|[Jj]ij) (kan|wil)\b|(?<!houdt )\b[Kk]an (je|jij)\b(?! opnieuw uitnodigen)"
            r"|(?<![Jj]e )\b([Kk]unt|[Ww]ilt) (je|jij)\b",
            "“je kunt, kun je, je wilt, wil je”",
            "Kan je niet komen?",
            "Je kunt je antwoorden wijzigen",
        ),
        Refused(
            r"^(?!Terug|Verder|Naar|Ook|Ja\b|Al\b)(?!(\w+ )?\w{4,}en\b)[A-Z]\w+ (\w+ ){0,2}mijn\b[^.]*$",
            "on a button “Mijn … indienen” or “Dien je … in”: no imperative with mijn",
            "Dien mijn kandidatuur in",
            "Terug naar mijn kandidatuur",
        ),
        Refused(
            r"\b[Dd]e oproep (sluit|moet sluiten|is \w+)([.,] [Zz]e\b| (voor|nadat|tot) ze\b)",
            "“hij”, “hem”: oproep is masculine",
            "De oproep is publiek. Ze gaat vanzelf open.",
            "De oproep sluit voor hij opengaat",
        ),
        Refused(
            r"\bmee (beslissen|werken|schrijven|lezen|doen)\b|\bleeg laten\b",
            "in one word: “meebeslissen”, “leeglaten”",
            "Wie moet mee beslissen?",
            "Wie moet meebeslissen?",
        ),
        Refused(r"[“”«»]", "‘ ’ in Dutch", "Vink “ja” aan", "Vink ‘ja’ aan"),
        Refused(
            r"\b\d{1,2}[u:h]\d\d\b",
            "“18.30 uur”",
            "om 18u30",
            "18.30 uur",
        ),
    ],
    "fr": [
        # One form of address, and words that are used in Belgium.
        Refused(r"\b(tu|toi|ton|tes)\b", "“vous”", "Indique ton nom", "Indiquez votre nom"),
        Refused(r"\bcandidater\b", "“poser sa candidature”: used in France", "Pour candidater", "Poser ma candidature"),
        Refused(r"\bmairie\b", "“commune”", "la mairie", "la commune"),
        Refused(r"\bESS\b", "“économie sociale”: used in France", "les acteurs de l’ESS", "l’économie sociale"),
        Refused(r"\bportable\b", "“gsm”", "votre portable", "votre gsm"),
        Refused(r"\b[Ss]oumett(re|ez)\b", "“introduire”", "Soumettez le dossier", "Introduisez le dossier"),
        Refused(r"\bse loguer\b|\bs’identifier\b", "“se connecter”", "Pour s’identifier", "Pour se connecter"),
        Refused(r"\bsoixante-dix\b|\bquatre-vingt-dix\b", "“septante”, “nonante”", "soixante-dix ans", "septante ans"),
        # People: both forms, nobody in the masculine alone, no bare “qui”.
        Refused(
            r"\w·\w|\w\((e|es|ne|nes|rice|euse)\)", "both forms in full", "un·e candidat·e", "candidates et candidats"
        ),
        Refused(
            r"\b[Ll]ecteurs\b(?!(, | et (des |les )?)lectrices)",
            "“lecteurs et lectrices” or “équipe de lecture”",
            "Les lecteurs s’accordent",
            "Les lecteurs et lectrices",
        ),
        Refused(
            r"\b[Uu]ne ou un\b", "“un ou une”: in the order of the alphabet", "Une ou un collègue", "Un ou une collègue"
        ),
        Refused(
            r"(^|[.;:!?»]\s)[Qq]ui [^?.\n]*\."
            r"|(?<!personnes )\b(à|de|pour|par|chez|sauf|que|où|parmi) qui "
            r"(?!vous|nous|ils?|elles?|et\b|décide de quoi)",
            "“les personnes qui”",
            "Qui n’a pas choisi nous écrit.",
            "Qui décide, et qui paie ?",
        ),
        Refused(r"\b[Pp]ersonnes? candidates?\b", "“équipe candidate”", "la personne candidate", "l’équipe candidate"),
        # One word for one thing.
        Refused(r"(?<!-)\bmail\b|\b[Cc]ourriels?\b", "“e-mail”", "un courriel", "un e-mail"),
        # Not the newsletter, a letter of intent on paper, the letters of the alphabet or a letterbox.
        Refused(
            r"(?<!deux )(?<!aux )(?<!ces )\b[Ll]ettres?\b(?! d’in|, des chiffres)",
            "“e-mail”: what we send is an e-mail",
            "La lettre est partie",
            "La lettre d’information",
        ),
        Refused(
            r"\b[Gg]ard(er|ons|ez|ent|és?|ées?)\b|\bgarde\b(?! d’enfants)",
            "“conserver”",
            "Nous gardons votre texte",
            "une garde d’enfants",
        ),
        Refused(r"\b[Ss]auvegard\w+", "“enregistrer”", "Sauvegardez", "Enregistrez"),
        Refused(r"\b[ÉéEe]chéance", "“date limite”", "après l’échéance", "après la date limite"),
        Refused(r"\b[Cc]los(e|es)?\b", "“clôturé”", "L’appel est clos", "L’appel est clôturé"),
        Refused(r"[Rr]épétition", "“essai à blanc”", "Rapport de la répétition", "Rapport de l’essai à blanc"),
        Refused(r"\b[Pp]ondérations?\b", "“poids”", "Les pondérations", "Moyenne pondérée"),
        Refused(r"\b[Rr]epêch", "“attribuer une place”: repêcher is for a school", "repêché", "place attribuée"),
        Refused(r"\bcentre d’appui\b", "“centre d’accompagnement”", "le centre d’appui", "le centre d’accompagnement"),
        Refused(r"\b[Dd]éclin", "“refuser”: an invitation", "Décliner l’invitation", "Refuser l’invitation"),
        Refused(r"\btitulaires?\b", "“responsable du dossier”", "la personne titulaire", "la personne responsable"),
        Refused(r"\b[Dd]ésinscri", "“se désabonner”", "pour vous désinscrire", "pour vous désabonner"),
        Refused(
            r"\b(au-dessus de|sous|sur|autour de|de) la ligne\b",
            "“seuil”: the value of the last place",
            "au-dessus de la ligne",
            "au-dessus du seuil",
        ),
        # Literal English or Dutch.
        Refused(
            r"(?<!l’)(?<!la )(?<!les )(?<!À )\b[Ii]ntrodui(re|sez|rez|sent)\b"
            rf"(?! l’|-l[ae]|-vous| de (dossier|candidature))(?!( (de nouveau|à nouveau|encore))? ({OBJECTS})\b)",
            "“introduire” with its object",
            "Relisez, puis introduisez.",
            "Introduisez de nouveau votre dossier",
        ),
        Refused(
            r"\b(depuis|après|avant) l’introduction\b(?! (de|du|des)\b)",
            "“l’envoi”",
            "modifié depuis l’introduction",
            "depuis l’envoi",
        ),
        Refused(
            r"(?<![Vv]ous )(?<!y )(?<![Nn]e )\b[Dd]onnez\b(?! cette adresse)",
            "“Indiquez”",
            "Donnez un jour",
            "Vous donnez votre accord",
        ),
        Refused(
            r"\bà (la|une|aucune|cette) (autre )?table\b|\bsiég", "“panel”, “participer à”", "à la table", "au panel"
        ),
        Refused(
            r"\b(prenez|prend|prenons|prendre|céd\w+|refus\w+) (la|votre|sa|cette) place\b",
            "“accepter la place”, “renoncer à la place”",
            "si vous prenez la place",
            "si vous acceptez la place",
        ),
        Refused(rf"\bpour le ⟨({DAYS})⟩", "“au plus tard le”", "Répondez pour le %(day)s", "au plus tard le %(day)s"),
        Refused(
            r"\bne (devez|doit|devons) (plus )?rien faire",
            "“vous n’avez rien à faire”",
            "Vous ne devez plus rien faire.",
            "Vous n’avez plus rien à faire.",
        ),
        Refused(
            r"(?<!dépend )\bd(e lui|’elle|’eux|’elles)-mêmes?\b",
            "“automatiquement”",
            "L’appel s’ouvre de lui-même",
            "La question dépend d’elle-même",
        ),
        Refused(
            r"\bne se compare(nt)?\b", "“on ne peut pas comparer”", "Ces chiffres ne se comparent pas", "Comparez-les"
        ),
        Refused(r"\b[Rr]evenez en arrière", "“revenez à la page précédente”", "Revenez en arrière", "Revenez ici"),
        Refused(r"\bdemi-minute", "“trente secondes”", "dans une demi-minute", "dans une minute"),
        Refused(r"\ben votre défaveur", "“contre vous”", "ne joue pas en votre défaveur", "ne joue pas contre vous"),
        Refused(
            r"(?<!se )\bclôture (bientôt|demain|dans)\b",
            "“se clôture”",
            "L’appel clôture demain",
            "L’appel se clôture demain",
        ),
        Refused(r"\b[Ll](’appel|es appels) pour\b", "“l’appel Seeds”", "L’appel pour Seeds", "L’appel Seeds"),
        Refused(
            r"\bproduit(-il)? (y )?son (principal )?effet",
            "“avoir le plus d’impact”",
            "ou y produit son principal effet",
            "c’est là qu’il a le plus d’impact",
        ),
        # Typography; the spaces before : ; ! ? and inside « » are looked at by tests.wording.slips.
        Refused(r"[“”‘]", "« » in French", "Cochez “oui”", "Cochez « oui »"),
        Refused(r"\d (%|€|h\b)", "a no-break space after the number", "80 %", "80\u00a0%"),
        Refused(
            r"\b\d{1,2}[:h]\d\d\b|\d\sh\s00\b",
            "“18 h 30”, “12 h”",
            "à 18h30",
            "à 12\u00a0h",
        ),
    ],
}

# Where the English names a thing of the domain, its one word is there in both languages.
WANTED = [
    Wanted(r"rehearsals?", r"[Pp]roefronde", r"[Ee]ssai à blanc"),
    Wanted(r"drafts?", r"[Cc]oncept", r"[Bb]rouillon"),
    Wanted(r"reserve list", r"[Rr]eservelijst", r"[Ll]iste de réserve"),
    Wanted(r"waiting list", r"[Ww]achtlijst", r"[Ll]iste d’attente"),
    Wanted(r"conflicts? of interest", r"[Bb]elangenconflict", r"[Cc]onflits? d’intérêts"),
    Wanted(r"enterprise numbers?", r"[Oo]ndernemingsnummer", r"[Nn]uméros? d’entreprise"),
    Wanted(r"deadlines?", r"[Dd]eadline", r"[Dd]ates? limites?"),
    Wanted(r"jury meetings?", r"[Jj]uryvergadering", r"[Rr]éunions? du jury"),
    Wanted(r"municipalit(y|ies)", r"[Gg]emeente", r"[Cc]ommune"),
    Wanted(r"placeholders?", r"[Ii]nvulveld", r"[Vv]ariable"),
    Wanted(r"events?", r"[Aa]ctiviteit", r"[Aa]ctivité"),
    Wanted(r"interviews?", r"[Gg]espre?k", r"[Ee]ntretien"),
    Wanted(r"criteri(on|a)", r"[Cc]riteri", r"[Cc]ritère"),
    Wanted(r"feedback", r"[Ff]eedback", r"[Rr]etour"),
    Wanted(r"tags?", r"[Ll]abel", r"[Éé]tiquette"),
]


def forbidden(text: str, language: str) -> list[str]:
    """What the glossary says about this text."""
    text = re.sub(rf"%\(({DAYS})\)s", r"⟨\1⟩", text)
    text = re.sub(r"%\(\w+\)[sd]", " ", text)
    return [
        f"“{found[0]}”, write {refused.instead}"
        for refused in REFUSED[language]
        if (found := re.search(refused.pattern, text))
    ]


def missing(english: str, text: str, language: str) -> list[str]:
    """Words of the domain that the English has and the translation has not."""
    english = re.sub(r"%\(\w+\)[sd]", " ", english)
    return [
        f"“{found[0]}” without /{wanted.nl if language == 'nl' else wanted.fr}/"
        for wanted in WANTED
        if (found := re.search(rf"\b{wanted.english}\b", english, re.IGNORECASE))
        and not re.search(wanted.nl if language == "nl" else wanted.fr, text)
    ]


def whose_team(text: str) -> str:
    """In a French mail “l’équipe” alone may be theirs or ours."""
    found = re.search(r"[Ll]’équipe\b(?! (de Coopcity|de lecture|candidate|suivante))", text)
    return f"“{found[0]}”, write “l’équipe de Coopcity” or “votre équipe”" if found else ""


def button_slips(text: str, language: str) -> list[str]:
    """What is wrong on a button: it speaks as the person who presses it, in French with an infinitive."""
    if language != "fr":
        return []
    found = []
    if own := re.search(r"\b(votre|vos|sa|son|ses)\b", text):
        found.append(f"“{own[0]}”, write “ma”, “mon”, “mes”")
    if order := re.match(r"\w+ez\b", text):
        found.append(f"“{order[0]}”, write an infinitive")
    return found


def long_sentences(text: str) -> list[str]:
    """The sentences of more than twenty words; a colon, a semicolon and an item of a list end a sentence."""
    prose = re.sub(r"\]\([^)]*\)|[*_#>`\[]", " ", re.sub(r"%\(\w+\)[sd]", "x", text))
    sentences = re.split(r"(?<=[.!?:;])[\s\u00a0\u202f»’)]+|\n+\s*-?", prose)
    return [one for one in sentences if len([word for word in one.split() if re.search(r"\w", word)]) > MOST_WORDS]


def strange(text: str, language: str) -> str:
    """The language that a longer text is surely in, when it is not the announced one."""
    prose = re.sub(r"\S*[@/\\_]\S*|[<>#*_`\[\]()]|\d+", " ", text)
    if len(prose) < LONG_ENOUGH or len(prose.split()) < WORDS_ENOUGH:
        return ""
    found, sure = _identifier().classify(prose)
    return f"{found} ({sure:.2f})" if found != language and sure > SURE else ""


@cache
def _identifier() -> LanguageIdentifier:
    known = LanguageIdentifier.from_model_file(py3langid.langid.MODEL_FILE, norm_probs=True)
    known.set_languages(["nl", "fr", "en"])
    return known


# Numbers that are always large: limits, and what is shown only from two on.
MANY = "limit|length|most|least|minutes|points|wide|band|total|lit|num|count"
COUNTED = {
    "nl": "dossiers|plaatsen|lezers|leden|beoordelingen|concepten|delen|mails|kandidaturen|ploegen|gesprekken",
    "fr": "dossiers|places|membres|évaluations|brouillons|parties|e-mails|candidatures|équipes|entretiens|attribuée?s",
}


def uncounted(language: str, text: str) -> list[str]:
    """Numbers in front of a noun in a text without a plural form: with 0 or 1 they do not agree."""
    return re.findall(rf"%\((?!(?:{MANY})\))\w+\)s(?: d[eu’]s?)? (?:{COUNTED[language]})\b", text)


# English that those who read the code as a second language need not know.
HARD_ENGLISH = re.compile(r"\b(anew|whoever)\b", re.IGNORECASE)
