"""A short form with one question of every kind; two sections, one condition, two declarations, one statistic."""

from typing import Any


def _words(nl: str, fr: str) -> dict[str, str]:
    return {"nl": nl, "fr": fr}


def _choices(*codes: str) -> list[dict[str, Any]]:
    return [{"code": code, "label": _words(f"keuze {code}", f"choix {code}")} for code in codes]


def _question(kind: str, **more: Any) -> dict[str, Any]:
    key = more.pop("key", f"a_{kind}")
    plain = kind.replace("_", " ")
    return {"key": key, "kind": kind, "label": _words(f"Vraag naar {plain}", f"Question de {plain}"), **more}


EVERY_KIND: dict[str, Any] = {
    "key": "every_kind",
    "title": _words("Proefformulier", "Formulaire d’essai"),
    "section": [
        {
            "key": "words",
            "title": _words("Woorden", "Les mots"),
            "question": [
                _question("short_text", key="project_name", limit=80),
                _question(
                    "long_text",
                    limit=300,
                    criterion="C1",
                    help=_words("Schrijf wat je wilt.", "Écrivez ce que vous voulez."),
                    simple=_words("Wat wil je doen?", "Que voulez-vous faire\u202f?"),
                    example=_words("We bakken brood.", "Nous faisons du pain."),
                ),
                _question("email"),
                _question("phone", required=False),
                _question("link", required=False),
                _question("one_choice", key="file_language", choice=_choices("nl", "fr")),
                _question("several_choices", least=1, most=2, choice=_choices("x", "y", "z")),
                _question(
                    "group",
                    key="team",
                    least=1,
                    most=3,
                    item_label=_words("Ploeglid", "Membre"),
                    field=[
                        _question("short_text", key="name", limit=80),
                        _question("number", key="days", minimum=0, maximum=5, decimals=1),
                    ],
                ),
            ],
        },
        {
            "key": "figures",
            "title": _words("Cijfers en lijsten", "Les chiffres et les listes"),
            "question": [
                _question("number", minimum=0, maximum=1000),
                _question("money", unknown_allowed=True),
                _question("date"),
                _question("legal_form", key="legal_form"),
                _question(
                    "enterprise_number",
                    required=False,
                    show_if={"question": "legal_form", "operator": "is_not", "value": "none"},
                ),
                _question("sector"),
                _question("sectors", required=False, most=2),
                _question("municipalities", key="municipalities", all_allowed=True, outside_allowed=True),
                _question(
                    "files", required=False, most=2, megabytes=5, file_kinds=["pdf", "jpg", "png", "odt", "docx"]
                ),
            ],
        },
    ],
    "declaration": [
        {"key": "truthful", "version": "1", "required": True, "text": _words("Dit is juist.", "Tout est exact.")},
        {"key": "newsletter", "version": "1", "consent": True, "text": _words("Schrijf me.", "Écrivez-moi.")},
    ],
    "monitoring": [_question("one_choice", key="heard", required=False, choice=_choices("friend", "press"))],
}
