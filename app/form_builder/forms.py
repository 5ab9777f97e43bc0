"""Forms of the form builder: frame, section, question."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp

from app.core.http.bilingual_forms import BilingualField, BilingualForm, RowForm
from app.core.http.forms import at_most
from app.core.i18n.bilingual import LOCALES
from app.core.sizes import MAX_FILE, MEGABYTE
from app.form_builder.rules import Data, new_key
from app.questionnaires.rules.identifying import asks_who

KIND_NAMES = {
    "short_text": _l("Short text"),
    "long_text": _l("Long text"),
    "email": _l("E-mail address"),
    "phone": _l("Phone number"),
    "link": _l("Link"),
    "number": _l("Number"),
    "money": _l("Sum in euro"),
    "date": _l("Date"),
    "one_choice": _l("One choice"),
    "several_choices": _l("Several choices"),
    "municipalities": _l("Municipalities"),
    "sector": _l("Sector"),
    "sectors": _l("Several sectors"),
    "legal_form": _l("Legal form"),
    "enterprise_number": _l("Enterprise number"),
    "group": _l("Repeating group"),
    "files": _l("Files"),
}
SPECIAL_NAMES = {
    "project_name": _l("Name of the project, by which the file is called"),
    "file_language": _l("Language of the file"),
    "municipalities": _l("Municipalities, which put the project on the map"),
    "contact_first_name": _l("First name of the contact person"),
    "contact_last_name": _l("Last name of the contact person"),
    "contact_email": _l("E-mail address of the contact person"),
}
FILE_KINDS = {"pdf": "PDF", "jpg": "JPG", "png": "PNG", "odt": "ODT", "docx": "DOCX"}
OPERATORS = {
    "is": _l("is"),
    "is_not": _l("is something else than"),
    "contains": _l("contains"),
    "answered": _l("was answered"),
}
TEXTUAL = frozenset({"short_text", "long_text", "email", "phone", "link"})
# The settings that each kind uses; others are not stored.
SETTINGS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(TEXTUAL, ("limit",)),
    "long_text": ("limit", "rows"),
    "number": ("minimum", "maximum", "decimals", "unknown_allowed"),
    "money": ("minimum", "maximum", "unknown_allowed"),
    "several_choices": ("least", "most"),
    "municipalities": ("least", "most", "all_allowed", "outside_allowed"),
    "sectors": ("least", "most"),
    "group": ("least", "most"),
    "files": ("most", "megabytes", "file_kinds"),
}
WHOLE = {"limit": 20_000, "rows": 30, "least": 50, "most": 50, "decimals": 4, "megabytes": MAX_FILE // MEGABYTE}
FLAGS = ("required", "personal", "hidden_from_jury", "asked_later", "frozen_after_hand_in")
LONGEST_CODE = 60  # codes of versions, criteria and choices
CODE = Regexp(r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$", message=_l("Only letters, digits, dots, hyphens and underscores"))


class FrameForm(BilingualForm):
    """The texts around the sections of a form."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "title": BilingualField(_l("Name of the form"), 160),
        "lead": BilingualField(_l("Introduction"), 600, 3, optional=True),
        "declarations_title": BilingualField(_l("Title above the declarations"), 160, optional=True),
        "declarations_lead": BilingualField(_l("Introduction to the declarations"), 600, 3, optional=True),
        "monitoring_title": BilingualField(_l("Title above the statistics"), 160, optional=True),
        "monitoring_lead": BilingualField(_l("Introduction to the statistics"), 600, 3, optional=True),
    }


class SectionForm(BilingualForm):
    """The texts of a section."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "title": BilingualField(_l("Title"), 160),
        "lead": BilingualField(_l("Introduction"), 600, 3, optional=True),
    }


class ChoiceForm(RowForm):
    """One choice."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "label": BilingualField(_l("Words of the answer"), 200),
        "help": BilingualField(_l("Explanation"), 300, optional=True),
    }
    code = StringField(_l("Code"))

    def validate_code(self, field: StringField) -> None:
        """A neutral code, generated when it is empty."""
        if field.data:
            CODE(self, field)


class DeclarationForm(RowForm):
    """Something to tick before submitting."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {"text": BilingualField(_l("Declaration"), 600, 2)}
    version = StringField(_l("Version of this text"), [at_most(LONGEST_CODE)])
    required = BooleanField(_l("Needed to hand in"))
    consent = BooleanField(_l("A consent, free to give and to withdraw"))
    months = IntegerField(_l("Kept for how many months"), [Optional()])


class QuestionForm(BilingualForm):
    """A question: texts, kind, limits, condition and use of the answer."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "label": BilingualField(_l("Question"), 400, 2),
        "help": BilingualField(_l("Help"), 600, 2, optional=True),
        "simple": BilingualField(
            _l("In plain language"),
            600,
            3,
            optional=True,
            hint=_l(
                "Shown instead of the help to people who choose plain language: short sentences, everyday words, and "
                "all that the help says."
            ),
        ),
        "example": BilingualField(
            _l("Example"),
            1_000,
            3,
            optional=True,
            hint=_l(
                "An answer that somebody could give. It is also the sample answer on the page that people read before "
                "they apply."
            ),
        ),
        "item_label": BilingualField(_l("Name of one item of the group"), 80, optional=True),
        "add_label": BilingualField(_l("Words on the button that adds an item"), 80, optional=True),
    }
    kind = SelectField(
        _l("Type"), choices=[SelectChoice(code, words) for code, words in KIND_NAMES.items()], validate_choice=False
    )
    required = BooleanField(_l("Required"))
    limit = IntegerField(_l("At most so many characters"), [Optional()])
    rows = IntegerField(_l("Lines that show"), [Optional()])
    least = IntegerField(_l("At least so many"), [Optional()])
    most = IntegerField(_l("At most so many"), [Optional()])
    minimum = DecimalField(_l("Smallest number"), [Optional()], places=None)
    maximum = DecimalField(_l("Largest number"), [Optional()], places=None)
    decimals = IntegerField(_l("Digits after the comma"), [Optional()])
    megabytes = IntegerField(_l("At most so many MB for each file"), [Optional()])
    file_kinds = SelectMultipleField(
        _l("Kinds of files"), choices=[SelectChoice(*pair) for pair in FILE_KINDS.items()], validate_choice=False
    )
    unknown_allowed = BooleanField(_l("“We do not know this yet” is an answer too"))
    all_allowed = BooleanField(_l("The whole Region is an answer too"))
    outside_allowed = BooleanField(_l("Outside the Region is an answer too"))
    criterion = StringField(_l("Feeds this criterion (code)"), [at_most(LONGEST_CODE)])
    personal = BooleanField(_l("Personal: hidden in blind reading"))
    hidden_from_jury = BooleanField(_l("Never shown to the jury"))
    asked_later = BooleanField(_l("Asked only after handing in"))
    frozen_after_hand_in = BooleanField(_l("Cannot be corrected any more once handed in"))
    show_question = SelectField(_l("Ask only when this question"), validate_choice=False)
    show_operator = SelectField(
        _l("has an answer that"),
        choices=[SelectChoice(code, words) for code, words in OPERATORS.items()],
        validate_choice=False,
    )
    show_value = StringField(_l("this code"), [at_most(LONGEST_CODE)])

    def offer(self, others: Iterable[tuple[str, str]]) -> None:
        """Offer the questions on which this one may depend."""
        self.show_question.choices = [
            SelectChoice("", _("always")),
            *(SelectChoice(key, label) for key, label in others),
        ]

    def validate_kind(self, field: SelectField) -> None:
        if field.data not in KIND_NAMES:
            raise ValidationError(_("Choose a type"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Numbers must be whole and within limits."""
        fine = bool(super().validate(extra_validators))
        for name, most in WHOLE.items():
            field = self[name]
            if field.data is not None and not 0 <= field.data <= most:
                field.errors = [_("Give a number from 0 to %(most)s", most=most)]
                fine = False
        return fine

    @staticmethod
    def data_of(question: Data) -> dict[str, Any]:
        """The data as the form shows it."""
        shown = question.get("show_if") or {}
        sides = {
            f"{name}_{locale}": (question.get(name) or {}).get(locale, "")
            for name in QuestionForm.BILINGUAL_FIELDS
            for locale in LOCALES
        }
        plain = {name: question[name] for name in WHOLE if question.get(name) is not None}
        limits = {name: _shown(question[name]) for name in ("minimum", "maximum") if question.get(name) is not None}
        return {
            **sides,
            **plain,
            **limits,
            "kind": question.get("kind", "short_text"),
            "required": question.get("required", True),
            "criterion": question.get("criterion") or "",
            "file_kinds": question.get("file_kinds", []),
            **{
                name: question.get(name, False)
                for name in (*FLAGS[1:], "unknown_allowed", "all_allowed", "outside_allowed")
            },
            "show_question": shown.get("question", ""),
            "show_operator": shown.get("operator", "is"),
            "show_value": shown.get("value", ""),
        }

    def question(self, before: Data, choices: list[Data]) -> Data:
        """The question as data: settings its kind does not use are left out; fields of a group stay."""
        kind = str(self.kind.data)
        made: Data = {"key": before["key"], "kind": kind}
        for name, text in self.texts().items():
            if name == "label" or text.nl.strip() or text.fr.strip():
                made[name] = {locale: text[locale] for locale in LOCALES}
        for name in SETTINGS.get(kind, ()):
            value = self[name].data
            if name == "file_kinds":
                value = [code for code in FILE_KINDS if code in (value or [])]
            if value is not None and value is not False and value != []:  # zero is a limit too
                made[name] = float(value) if name in ("minimum", "maximum") else value
        made |= {name: bool(self[name].data) for name in FLAGS}
        labels = made["label"].values()
        made["personal"] |= asks_who(kind, before["key"], before.get("autocomplete", ""), labels)
        # Not offered until answers feed indicators; an existing value stays.
        codes = {"criterion": self.criterion.data, "indicator": before.get("indicator")}
        made |= {name: code.strip() for name, code in codes.items() if (code or "").strip()}
        if self.show_question.data:
            made["show_if"] = {
                "question": self.show_question.data,
                "operator": self.show_operator.data if self.show_operator.data in OPERATORS else "is",
                "value": self.show_value.data or "",
            }
        if kind in ("one_choice", "several_choices"):
            made["choices"] = choices
        if kind == "group":
            made["fields"] = before.get("fields", [])
        if before.get("autocomplete"):
            made["autocomplete"] = before["autocomplete"]
        return made


def choices_of(rows: list[tuple[Any, ChoiceForm]]) -> list[Data]:
    """The choices in row order; one without a code gets a neutral code."""
    used = [form for _thing, form in rows if not form.remove.data and not form.is_blank]
    taken = {form.code.data for form in used if form.code.data}
    made: list[Data] = []
    for form in used:
        code = form.code.data or new_key("c", taken)
        taken.add(code)
        texts = form.texts()
        choice: Data = {"code": code, "label": {locale: texts["label"][locale] for locale in LOCALES}}
        if texts["help"].nl or texts["help"].fr:
            choice["help"] = {locale: texts["help"][locale] for locale in LOCALES}
        made.append(choice)
    return made


def _shown(limit: float) -> float | int:
    """A limit as a person would type it: 5, not 5.0."""
    return int(limit) if limit == int(limit) else limit
