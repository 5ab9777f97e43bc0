"""Words that our glossary refuses, and texts that are in another language than they say."""

import re
from functools import cache

import py3langid
from py3langid.langid import LanguageIdentifier

LONG_ENOUGH = 45
SURE = 0.9
WORDS_ENOUGH = 7

# Language → pattern → what to write instead, and why.
REFUSED: dict[str, dict[str, str]] = {
    "nl": {
        r"\bweerhouden\b": "“geselecteerd”: weerhouden is a gallicism",
        r"\bcoöperator(en|s)?\b": "“coöperant”",
        r"\bverduurzam\w*": "“bestendiging”: readers take verduurzaming as greening",
        r"\b(u|uw|Uw)\b|(^|[.?!] )U\b": "“je”: one form of address on the whole site",
        r"\bcandidatu\w+": "“kandidatuur”",
        r"\bemail\b": "“e-mail”",
        r"\bmobiel(tje)?\b": "“gsm”",
        r"\bopgeslagen\b|\bopslaan\b": "“bewaren”",
        r"\binloggen\b|\buitloggen\b": "“aanmelden”, “afmelden”",
        r"\bsollicit\w+": "“kandidaat”: nobody is hired",
    },
    "fr": {
        r"\bcandidater\b": "“poser sa candidature”: candidater is used in France",
        r"\bmairie\b": "“commune”",
        r"\bESS\b": "“économie sociale”: ESS is used in France",
        r"\w·\w": "epicene words: screen readers stumble over the middle dot",
        r"\b(tu|toi|ton|tes)\b": "“vous”",
        r"(?<!-)\bmail\b": "“e-mail”",
        r"\bportable\b": "“gsm”",
        r"\bsauvegard\w+": "“enregistrer”",
        r"\bsoumett(re|ez)\b": "“introduire”",
        r"\bse loguer\b|\bs’identifier\b": "“se connecter”",
        r"\bsoixante-dix\b|\bquatre-vingt-dix\b": "“septante”, “nonante”",
    },
}


def forbidden(text: str, language: str) -> list[str]:
    """What the glossary says about this text."""
    text = re.sub(r"%\(\w+\)[sd]", " ", text)
    return [
        f"“{found[0]}”, write {instead}"
        for pattern, instead in REFUSED[language].items()
        if (found := re.search(pattern, text))
    ]


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
