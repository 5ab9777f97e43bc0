"""Base form: cleaned text, helpful messages, data for the error summary."""

import re
import unicodedata
from collections.abc import Callable
from typing import Any

from flask import has_request_context, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.i18n import Translations
from wtforms import Field, StringField, TextAreaField, ValidationError
from wtforms.validators import StopValidation

from app.core.http.unsent_fields import note_used, put_back
from app.core.i18n.language import switches_language
from app.core.text import cleaning as core_cleaning
from app.core.text.emails import email_problem, read_email

WORD = re.compile(r"\w+")
STEM = 5  # letters by which two forms of a word are matched


# Words of labels without meaning of their own.
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
    """The message prefixed with the label of its field, unless it contains it already."""
    name = label.strip().rstrip(" :?\u00a0\u202f")
    if not name or _names(name, message):
        return message
    return _("“%(question)s”: %(message)s", question=label.strip(), message=message)


def _names(label: str, message: str) -> bool:
    """True when the message contains the label, or each of its meaningful words in some form."""
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
    """Our wording for WTForms' built-in messages."""

    SAID = {
        "Not a valid date value.": _l("Give a day that exists"),
        "Not a valid integer value.": _l("Give a whole number"),
    }

    def gettext(self, string: str) -> str:
        """Our message, or WTForms' own."""
        return str(self.SAID[string] if string in self.SAID else super().gettext(string))


class Form(FlaskForm):
    """A form whose text fields are cleaned: no control characters, one kind of line end, trimmed."""

    class Meta(FlaskForm.Meta):
        """Cleans every text before the validators run."""

        def bind_field(self, form: FlaskForm, unbound_field: Any, options: dict[str, Any]) -> Field:
            """Put the cleaning filter first."""
            if issubclass(unbound_field.field_class, StringField):
                filters = unbound_field.kwargs.get("filters", ())
                cleaning = _clean if issubclass(unbound_field.field_class, TextAreaField) else _clean_line
                unbound_field.kwargs["filters"] = (cleaning, *(f for f in filters if f is not cleaning))
            return unbound_field.bind(form=form, **options)

        def get_translations(self, _form: FlaskForm) -> Sentences:
            """The hook through which WTForms asks for translations."""
            return Sentences()

    def process(
        self, formdata: Any = None, obj: Any = None, data: Any = None, extra_filters: Any = None, **kwargs: Any
    ) -> None:
        """Fill the fields; on a page that keeps what was typed and not sent, that is put back."""
        super().process(formdata, obj, data, extra_filters, **kwargs)
        if has_request_context() and request.method != "POST":
            for field in self:
                put_back(field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Also notes which fields the action of this request has read."""
        note_used(field.name for field in self)
        return bool(super().validate(extra_validators))

    def is_submitted(self) -> bool:
        """True when sent to be processed, not just to switch the language with the typed text."""
        return bool(super().is_submitted()) and not switches_language()

    def problems(self) -> list[tuple[str, str]]:
        """(id of the control, sentence) per error, in page order."""
        return [(_first_control(field), error_of(field)) for field in self if field.errors]


class PublicForm(Form):
    """A form for anybody, with a honeypot: people do not see the field, programs fill it in."""

    website = StringField(_l("Leave this field empty"))

    @property
    def is_machine(self) -> bool:
        """True when a program filled in the field that people do not see."""
        return bool(self.website.data)


def needed(message: str) -> Check:
    """The field is required; the message says what to fill in."""

    def check(_form: FlaskForm, field: Field) -> None:
        if not field.data or not str(field.data).strip():
            raise StopValidation(message)

    return check


def at_most(limit: int) -> Check:
    """A maximum length; a longer text is kept and marked, never cut."""

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
    """The same for a text outside WTForms, with the label of its field."""
    return about(label, _shorten(len(text), limit))


def no_address(_form: FlaskForm, field: Field) -> None:
    """A person's name must not contain an address: it appears in letters to others."""
    if ADDRESS_SIGNS.search(unicodedata.normalize("NFKC", field.data or "")):
        raise ValidationError(_("Give the name alone, without a web or e-mail address"))


def email_address(_form: FlaskForm, field: Field) -> None:
    """The field must hold a valid e-mail address."""
    problem = email_problem(field.data or "")
    if problem:
        raise ValidationError(problem)


def normal_email(typed: str) -> str | None:
    """The normalised address, or None when it is invalid."""
    found = read_email(typed)
    return found.lower() if found else None


def error_of(field: Field) -> str:
    """The error of a field, for the field and the summary, always with its label."""
    return about(str(field.label.text), str(field.errors[0]))


def _clean(value: object) -> str | None:
    """The cleaned text; a file sent in its place counts as empty."""
    return core_cleaning.clean(value) if isinstance(value, str) else None


def _clean_line(value: object) -> str | None:
    """One line; non-breaking spaces stay, as French needs them."""
    cleaned = _clean(value)
    return SOFT_SPACES.sub(" ", cleaned) if cleaned else cleaned


def _first_control(field: Field) -> str:
    return f"{field.id}-0" if field.type == "RadioField" else str(field.id)
