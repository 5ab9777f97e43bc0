"""Forms in which a text stands in every language side by side, and what may not be left to drift apart."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, StringField, TextAreaField

from app.core.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.core.forms import Form, at_most
from app.core.i18n import language_name
from app.core.twins import stale_side

NEW_ROWS, LONGEST_ROW_NAME = 2, 60


@dataclass(frozen=True)
class Pair:
    """One text in every language: what it is called, how many lines it may take, whether it may be empty.

    `drifts`: when one side changes somebody must look at the other; a name in an address need not follow.
    """

    label: Any
    limit: int = 200
    rows: int = 1
    optional: bool = False
    hint: Any = ""
    drifts: bool = True


class PairForm(Form):
    """A form with pairs: each makes a field per language, and a box that says that the other side still says the same.

    `PAIRS` names them; fields of other kinds stand beside them as in any form.
    """

    PAIRS: ClassVar[dict[str, Pair]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, pair in cls.__dict__.get("PAIRS", {}).items():
            kind = TextAreaField if pair.rows > 1 else StringField
            for locale in LOCALES:
                setattr(cls, f"{name}_{locale}", kind(pair.label, [at_most(pair.limit)]))
            setattr(cls, f"{name}_same", BooleanField())

    @classmethod
    def filled(cls, thing: Any, **more: Any) -> "dict[str, Any]":
        """The data of a form about this thing."""
        now = {f"{name}_{locale}": getattr(thing, name)[locale] for name in cls.PAIRS for locale in LOCALES}
        return now | more

    @property
    def is_blank(self) -> bool:
        """May it be left out? Only a new row of a list may."""
        return False

    def texts(self) -> dict[str, Bilingual]:
        """What was typed, by text."""
        return {
            name: Bilingual(**{locale: self[f"{name}_{locale}"].data or "" for locale in LOCALES})
            for name in self.PAIRS
        }

    def confirmed(self) -> set[str]:
        """The texts of which somebody says that the side that did not change still says the same."""
        return {name for name in self.PAIRS if self[f"{name}_same"].data}

    def stale(self, marks: Mapping[str, str]) -> dict[str, str]:
        """The language to look at, by text, out of the marks of the thing that this form is about."""
        return {name: marks[self._prefix + name] for name in self.PAIRS if self._prefix + name in marks}

    def sides(self, name: str) -> list[tuple[str, str, Field]]:
        """(code, name of the language, field) for each side of a text."""
        return [(locale, LANGUAGE_NAMES[locale], self[f"{name}_{locale}"]) for locale in LOCALES]

    def fit_for_everybody(self, before: Mapping[str, Bilingual]) -> bool:
        """The gate for texts that are public already: no empty side, and no side that was left behind."""
        fine = True
        for name, text in self.texts().items():
            for locale in text.missing():
                if not self.PAIRS[name].optional or len(text.missing()) == 1:
                    self._refuse(
                        f"{name}_{locale}", _("Write this in %(language)s too", language=language_name(locale))
                    )
                    fine = False
            side = stale_side(before.get(name), text) if self.PAIRS[name].drifts else None
            if side and name not in self.confirmed():
                words = _("Change the %(language)s text too, or say that it still says the same",
                          language=language_name(side))  # fmt: skip
                self._refuse(f"{name}_{side}", words)
                fine = False
        return fine

    def _refuse(self, name: str, words: str) -> None:
        field = self[name]
        field.errors = [*field.errors, words]


class RowForm(PairForm):
    """One row; the page has one proof of its own for all of them."""

    class Meta(PairForm.Meta):
        """No token per row."""

        csrf = False

    remove = BooleanField(_l("Remove this line"))

    @property
    def is_blank(self) -> bool:
        """Was nothing written in this row?"""
        return not any(text.nl.strip() or text.fr.strip() for text in self.texts().values())

    def name_in(self, code: str) -> str:
        """What this row is called: its first text, in this language where there is one."""
        text = next(iter(self.texts().values()))
        return next((one for one in (text[code], text.nl, text.fr) if one.strip()), "")[:LONGEST_ROW_NAME]


def rows_of(
    kind: type[Any], things: Sequence[Any], data_of: Callable[[Any], Any], *, mark: str
) -> list[tuple[Any, Any]]:
    """(thing or None, form) for each thing and for some empty rows; names begin with the mark and the thing's id."""
    there = [(thing, kind(prefix=f"{mark}{thing.id}:", data=data_of(thing))) for thing in things]
    return there + [(None, kind(prefix=f"{mark}new{number}:")) for number in range(NEW_ROWS)]
