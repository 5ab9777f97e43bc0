"""What every small form shares: cleaned text, messages that say what to do, data for the error summary."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.i18n import Translations
from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.validators import StopValidation

from app.core.i18n.language import switches_language
from app.core.text import cleaning as core_cleaning
from app.core.text.emails import email_problem, read_email

WORD = re.compile(r"\w+")
STEM = 5  # letters by which two forms of a word are known as one


# Words of labels that name nothing by themselves.
EMPTY_WORDS = frozenset(
    {
        "de",
        "het",
        "een",
        "je",
        "jouw",
        "jullie",
        "van",
        "aan",
        "in",
        "op",
        "om",
        "te",
        "of",
        "en",
        "met",
        "voor",
        "naar",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "des",
        "du",
        "d",
        "au",
        "aux",
        "a",
        "et",
        "ou",
        "ce",
        "cette",
        "votre",
        "vos",
        "pour",
        "dans",
        "sur",
        "avec",
    }
)


def about(label: str, message: str) -> str:
    """The message with the name of its question in front, unless it names the question already."""
    name = label.strip().rstrip(" :?\u00a0\u202f")
    if not name or _names(name, message):
        return message
    return _("“%(question)s”: %(message)s", question=label.strip(), message=message)


def _names(label: str, message: str) -> bool:
    """Does the message say this label: as it stands, or every word of it that means something, in any form?"""
    if label.casefold() in message.casefold():
        return True
    wanted, said = set(_words(label)) - EMPTY_WORDS, _words(message)
    return bool(wanted) and all(word in said or _has_form_of(word, said) for word in wanted)


def _has_form_of(word: str, said: list[str]) -> bool:
    return len(word) >= STEM and any(word[:STEM] in one for one in said)


def _words(text: str) -> list[str]:
    """The words of a text, without case and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


SOFT_SPACES = re.compile(r"[ \t\n]+")
ADDRESS_SIGNS = re.compile(r"://|\bwww\.|@", re.IGNORECASE)
Check = Callable[[FlaskForm, Field], None]


class Sentences(Translations):
    """What fields say of their own accord, in our words: what to do, and with the marks of each language."""

    SAID = {
        "Not a valid date value.": _l("Give a day that exists"),
        "Not a valid integer value.": _l("Give a whole number"),
    }

    def gettext(self, string: str) -> str:
        """Ours where there is one."""
        return str(self.SAID[string] if string in self.SAID else super().gettext(string))


class Form(FlaskForm):
    """A form whose text fields arrive clean: no control characters, one kind of line end, no space around."""

    class Meta(FlaskForm.Meta):
        """Clean every text before a validator sees it."""

        def bind_field(self, form: FlaskForm, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Put the cleaning filter in front of the field's own."""
            if issubclass(unbound_field.field_class, StringField):
                filters = unbound_field.kwargs.get("filters", ())
                cleaning = _clean if issubclass(unbound_field.field_class, TextAreaField) else _clean_line
                unbound_field.kwargs["filters"] = (cleaning, *(f for f in filters if f is not cleaning))
            return unbound_field.bind(form=form, **options)

        def get_translations(self, _form: FlaskForm) -> Sentences:
            """WTForms' own word for its sentences."""
            return Sentences()

    def is_submitted(self) -> bool:
        """Sent to be checked and carried out, and not only to be shown in the other language as it was typed."""
        return bool(super().is_submitted()) and not switches_language()

    def problems(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) per mistake, in the order of the page."""
        return [(_first_control(field), error_of(field)) for field in self if field.errors]


def needed(message: str) -> Check:
    """The field must not be empty; the message says what to fill in."""

    def check(_form: FlaskForm, field: Field) -> None:
        if not field.data or not str(field.data).strip():
            raise StopValidation(message)

    return check


def at_most(limit: int) -> Check:
    """The text may have so many characters; a longer one is kept and marked, never cut."""

    def check(_form: FlaskForm, field: Field) -> None:
        length = len(field.data or "")
        if length > limit:
            raise ValidationError(_shorten(length, limit))

    field_flags = {"maxlength": limit}
    check.field_flags = field_flags  # type: ignore[attr-defined]  # WTForms reads limits from the validator
    return check


def _shorten(length: int, limit: int) -> str:
    return _("Shorten this text: %(length)s characters, at most %(limit)s", length=length, limit=limit)


def length_problem(label: str, text: str, limit: int) -> str:
    """The same for a text that is in no form of WTForms, with the name of its question."""
    return about(label, _shorten(len(text), limit))


def no_address(_form: FlaskForm, field: Field) -> None:
    """A person's name stands in letters to others, who must not be led elsewhere by it."""
    if ADDRESS_SIGNS.search(unicodedata.normalize("NFKC", field.data or "")):
        raise ValidationError(_("Give the name alone, without a web or e-mail address"))


def email_address(_form: FlaskForm, field: Field) -> None:
    """The field must hold an address that could receive mail."""
    problem = email_problem(field.data or "")
    if problem:
        raise ValidationError(problem)


def normal_email(typed: str) -> str | None:
    """The address in the one spelling under which we know it, or None when it cannot be one."""
    found = read_email(typed)
    return found.lower() if found else None


def error_of(field: Field) -> str:
    """What is wrong with a field, for its own place and for the summary: always with the name of its question."""
    return about(str(field.label.text), str(field.errors[0]))


def _clean(value: object) -> str | None:
    """A text, cleaned; a file that was sent in its place counts for nothing."""
    return core_cleaning.clean(value) if isinstance(value, str) else None


def _clean_line(value: object) -> str | None:
    """One line; hard spaces stay, since French is written with them."""
    cleaned = _clean(value)
    return SOFT_SPACES.sub(" ", cleaned) if cleaned else cleaned


def _first_control(field: Field) -> str:
    return f"{field.id}-0" if field.type == "RadioField" else str(field.id)
