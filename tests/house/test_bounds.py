"""No text that people send is without end: every field of every form has a length, or refuses what is too long."""

from collections.abc import Iterator

from flask import Flask
from wtforms import EmailField, HiddenField, StringField
from wtforms.fields.core import UnboundField

from app.core.http.forms import Form, email_address

# Never stored: looked up or compared, and then forgotten.
NOT_STORED = {
    ("AddForm", "reference"),  # a file is looked up by its first 40 characters
    ("MessageForm", "website"),
    ("RegistrationForm", "website"),
    ("StartForm", "website"),  # for programs only
}
# Read as an hour, a code or the key of a question: anything else is refused by the form or the action.
PARSED = {
    ("ChoiceForm", "code"),
    ("DatesForm", "closes_hour"),
    ("DatesForm", "opens_hour"),
    ("LateCodeForm", "closes_hour"),
    ("MeetingForm", "hour"),
    ("ProgrammeForm", "code"),
    ("SeriesForm", "begins"),
    ("SeriesForm", "ends"),
    ("SlotForm", "begins"),
    ("SlotForm", "ends"),
}


def forms(above: type[Form] = Form) -> Iterator[type[Form]]:
    """Every form of the application."""
    for one in above.__subclasses__():
        if one.__module__.startswith("app."):
            yield one
        yield from forms(one)


def text_fields() -> Iterator[tuple[str, str, UnboundField]]:
    """(form, name, field) of everything in which people write."""
    for form in forms():
        for name in dir(form):
            field = getattr(form, name, None)
            kind = field.field_class if isinstance(field, UnboundField) else Form
            if issubclass(kind, StringField) and not issubclass(kind, HiddenField):
                yield form.__name__, name, field


def is_bounded(field: UnboundField) -> bool:
    """Has it a greatest length, or is it an address, whose length is checked first?"""
    validators = [*(field.args[1] if len(field.args) > 1 else ()), *field.kwargs.get("validators", ())]
    if issubclass(field.field_class, EmailField):
        return email_address in validators
    return any("maxlength" in getattr(one, "field_flags", {}) for one in validators)


def test_every_text_that_people_write_has_a_greatest_length(app: Flask) -> None:
    endless = {(form, name) for form, name, field in text_fields() if not is_bounded(field)}

    assert len(list(text_fields())) > 60
    assert endless - NOT_STORED - PARSED == set(), "give it at_most(...)"
    assert (NOT_STORED | PARSED) - endless == set(), "it has a length now: take it off the list"
