"""Read the search query from an address; the example form of the page of components."""

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from app.core.http.bilingual_forms import BilingualField, BilingualForm
from app.core.http.forms import at_most, email_address, needed
from app.core.i18n.bilingual import LANGUAGE_CHOICES, LOCALES
from app.core.text import cleaning

LONGEST_SEARCH = 100
FURTHEST = 500  # only a robot would continue


def looked_for(args: "MultiDict[str, str]") -> tuple[str, int]:
    """(search text, number of results to skip); invalid values are ignored."""
    start = args.get("start", "")
    skipped = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 0
    return " ".join(cleaning.clean(args.get("q", ""))[:LONGEST_SEARCH].split()), min(skipped, FURTHEST)


class ExampleForm(BilingualForm):
    """One field of each kind that the macros can draw, for the page of components."""

    CHOICES = [SelectChoice(code, LANGUAGE_CHOICES[code]) for code in LOCALES]
    state = ""
    BILINGUAL_FIELDS = {"title": BilingualField(_l("Title"), hint=_l("A hint says what is expected."))}

    name = StringField(_l("Name"), [needed(_l("Fill in a name")), at_most(120)])
    email = EmailField(_l("E-mail address"), [needed(_l("Fill in an e-mail address")), email_address])
    text = TextAreaField(_l("Text"), [needed(_l("Write a text")), at_most(120)])
    language = SelectField(_l("Language"), choices=CHOICES)
    one = RadioField(_l("One of several"), [needed(_l("Choose one"))], choices=CHOICES, validate_choice=False)
    several = SelectMultipleField(_l("Several at once"), [needed(_l("Choose at least one"))], choices=CHOICES)
    agreed = BooleanField(_l("I agree"), [needed(_l("Tick this box to go on"))])

    @classmethod
    def named(cls, state: str, *, prefix: str, formdata: Any = None, data: Any = None) -> "ExampleForm":
        """A form of its own on a page with several: its state stands in each label."""
        form = cls(formdata, prefix=prefix, data=data, meta={"csrf": False})
        for field in form:
            field.label.text = f"{field.label.text} ({state})"
        form.state = state
        return form
