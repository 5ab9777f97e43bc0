"""Forms with each text in both languages, side by side, and marks for translations that became stale."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, StringField, TextAreaField

from app.core.http.edit_forms import SEEN, EditForm
from app.core.http.forms import at_most
from app.core.i18n.bilingual import LANGUAGE_NAMES, LOCALES, Bilingual
from app.core.i18n.language import language_name
from app.core.i18n.stale_translations import stale_side
from app.core.text.cleaning import sent_number

NEW_ROWS, LONGEST_ROW_NAME = 2, 60
MOST_NEW_ROWS = 50


@dataclass(frozen=True)
class BilingualField:
    """One text in every language: label, number of lines, whether it may be empty.

    `drifts`: a change of one side marks the other as stale; a slug need not follow.
    """

    label: Any
    limit: int = 200
    rows: int = 1
    optional: bool = False
    hint: Any = ""
    drifts: bool = True


class BilingualForm(EditForm):
    """A form with bilingual texts: a field per language, and a box to confirm that the other side is still right.

    `BILINGUAL_FIELDS` names the texts; other fields are added as usual.
    """

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name, pair in cls.__dict__.get("BILINGUAL_FIELDS", {}).items():
            kind = TextAreaField if pair.rows > 1 else StringField
            for locale in LOCALES:
                setattr(cls, f"{name}_{locale}", kind(pair.label, [at_most(pair.limit)]))
            setattr(cls, f"{name}_same", BooleanField())

    @classmethod
    def filled(cls, thing: Any, **more: Any) -> "dict[str, Any]":
        """The data of a form about this thing."""
        now = {f"{name}_{locale}": getattr(thing, name)[locale] for name in cls.BILINGUAL_FIELDS for locale in LOCALES}
        return now | more

    @property
    def is_blank(self) -> bool:
        """True when it may be skipped: only a new row of a list can be."""
        return False

    def texts(self) -> dict[str, Bilingual]:
        """The typed values, by text."""
        return {
            name: Bilingual(**{locale: self[f"{name}_{locale}"].data or "" for locale in LOCALES})
            for name in self.BILINGUAL_FIELDS
        }

    def confirmed(self) -> set[str]:
        """The texts whose unchanged side was confirmed as still right."""
        return {name for name in self.BILINGUAL_FIELDS if self[f"{name}_same"].data}

    def stale(self, marks: Mapping[str, str]) -> dict[str, str]:
        """The stale language of each text."""
        return {name: marks[self._prefix + name] for name in self.BILINGUAL_FIELDS if self._prefix + name in marks}

    def sides(self, name: str) -> list[tuple[str, str, Field]]:
        """(code, name of the language, field) for each side of a text."""
        return [(locale, LANGUAGE_NAMES[locale], self[f"{name}_{locale}"]) for locale in LOCALES]

    def is_whole(self, name: str) -> bool:
        """True for a text in every language, or in none; otherwise an error names the missing one."""
        missing = self.texts()[name].missing()
        for side in missing if len(missing) < len(LOCALES) else []:
            self._refuse(f"{name}_{side}", _("Write this in %(language)s too", language=language_name(side)))
            return False
        return True

    def fit_for_everybody(self, before: Mapping[str, Bilingual]) -> bool:
        """For published texts: no empty and no stale side."""
        fine = True
        for name, text in self.texts().items():
            for locale in text.missing():
                if not self.BILINGUAL_FIELDS[name].optional or len(text.missing()) == 1:
                    self._refuse(
                        f"{name}_{locale}", _("Write this in %(language)s too", language=language_name(locale))
                    )
                    fine = False
            side = stale_side(before.get(name), text) if self.BILINGUAL_FIELDS[name].drifts else None
            if side and name not in self.confirmed():
                words = _(
                    "Change the %(language)s text too, or say that it still says the same", language=language_name(side)
                )
                self._refuse(f"{name}_{side}", words)
                fine = False
        return fine

    def _refuse(self, name: str, words: str) -> None:
        field = self[name]
        field.errors = [*field.errors, words]


class RowForm(BilingualForm):
    """One row of a list; the page has one CSRF token for all rows."""

    class Meta(BilingualForm.Meta):
        """No CSRF token per row."""

        csrf = False

    remove = BooleanField(_l("Remove this line"))
    removed_meanwhile = False  # a colleague deleted the stored row; this form keeps its text as a new one

    def validate(self, extra_validators: Any = None) -> bool:
        """Also refuses a row that a colleague deleted, until the sender has seen it."""
        fine = bool(super().validate(extra_validators))
        if self.removed_meanwhile:
            first = self[f"{next(iter(self.BILINGUAL_FIELDS))}_{LOCALES[0]}"]
            first.errors = [
                *first.errors,
                _("This line was removed meanwhile: save again to add it as a new line, or empty it"),
            ]
        return fine and not self.removed_meanwhile

    def may_remove(self) -> bool:
        """True when the ticked row may be deleted: not when a colleague changed it since the page was shown."""
        changed = self.changed_by_others
        if changed:
            self._refuse("remove", _("This line was changed meanwhile: look at it, then save again to remove it"))
        return not changed

    @property
    def is_blank(self) -> bool:
        """True when nothing was typed in this row."""
        return not any(text.nl.strip() or text.fr.strip() for text in self.texts().values())

    def name_in(self, code: str) -> str:
        """The name of this row: its first text, in this language if there is one."""
        text = next(iter(self.texts().values()))
        return next((one for one in (text[code], text.nl, text.fr) if one.strip()), "")[:LONGEST_ROW_NAME]


def rows_of(
    kind: type[Any], things: Sequence[Any], data_of: Callable[[Any], Any], *, mark: str
) -> list[tuple[Any, Any]]:
    """(thing or None, form) for each thing and for some empty rows; field names start with the prefix and the
    thing's id.
    """
    there = [(thing, kind(prefix=f"{mark}{thing.id}:", data=data_of(thing))) for thing in things]
    return there + new_rows(kind, mark, {str(thing.id) for thing in things}, NEW_ROWS)


def new_rows(kind: type[Any], mark: str, known: AbstractSet[str], least: int) -> list[tuple[None, Any]]:
    """(None, form) for empty rows at the end, and for rows that a colleague deleted meanwhile.

    `known`: the ids in the names of the stored rows. A deleted row comes back as a new row only when the sender changed
    its text.
    """
    names = [name.removeprefix(SEEN) for name in request.form if name.startswith(f"{SEEN}{mark}")]
    sent = list(dict.fromkeys(name.removeprefix(mark).partition(":")[0] for name in names))
    numbers = [sent_number(one.removeprefix("new")) for one in sent if one.startswith("new")]
    count = max([least, *(number + 1 for number in numbers if number < MOST_NEW_ROWS)])
    rows: list[tuple[None, Any]] = [(None, kind(prefix=f"{mark}new{number}:")) for number in range(count)]
    for one in sent:
        if one not in known and not one.startswith("new"):
            old = kind(prefix=f"{mark}{one}:")
            if not old.remove.data and old.is_touched:
                rows.append((None, _as_new(kind, mark, one, len(rows))))
    return rows


def _as_new(kind: type[Any], mark: str, row: str, number: int) -> Any:
    """A new row with what was sent for a row that is no longer stored."""
    old, new = f"{mark}{row}:", f"{mark}new{number}:"
    sent = [(name, text) for name, text in request.form.items(multi=True) if name.startswith(old)]
    form = kind(prefix=new, formdata=MultiDict([(new + name.removeprefix(old), text) for name, text in sent]))
    form.removed_meanwhile = True
    return form
