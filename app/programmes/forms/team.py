"""Texts and figures of programmes and calls, in both languages."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, Regexp

from app.core.http.bilingual_forms import BilingualField, BilingualForm
from app.programmes.forms.finder import STAGES
from app.programmes.rules.gate import PROGRAMME_TEXTS

SLUG = Regexp(r"^[a-z0-9]+(-[a-z0-9]+)*$", message=_l("Only small letters, digits and hyphens"))
SLUG_HINT = _l("Small letters, digits and hyphens; the old address keeps leading here.")
MOST_PLACES, MOST_GRACE = 10_000, 120


class ProgrammeForm(BilingualForm):
    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "title": BilingualField(PROGRAMME_TEXTS["title"], 80),
        "slug": BilingualField(PROGRAMME_TEXTS["slug"], 60, hint=SLUG_HINT, drifts=False),
        "tagline": BilingualField(PROGRAMME_TEXTS["tagline"], 120),
        "question": BilingualField(PROGRAMME_TEXTS["question"], 160),
        "lead": BilingualField(PROGRAMME_TEXTS["lead"], 600, 3),
        "body": BilingualField(PROGRAMME_TEXTS["body"], 20_000, 14),
        "stage": BilingualField(PROGRAMME_TEXTS["stage"], 80),
        "duration": BilingualField(PROGRAMME_TEXTS["duration"], 120),
        "commitment": BilingualField(PROGRAMME_TEXTS["commitment"], 200),
        "places": BilingualField(PROGRAMME_TEXTS["places"], 120),
        "price": BilingualField(PROGRAMME_TEXTS["price"], 200),
        "languages": BilingualField(PROGRAMME_TEXTS["languages"], 200),
        "selection": BilingualField(PROGRAMME_TEXTS["selection"], 300),
        "to_send": BilingualField(PROGRAMME_TEXTS["to_send"], 5000, 4),
        "example_note": BilingualField(PROGRAMME_TEXTS["example_note"], 400, 2, optional=True),
    }
    code = StringField(_l("Two letters that begin every reference"))
    position = IntegerField(_l("Place in the list"), [Optional()])
    serves = SelectMultipleField(
        _l("Made for"), choices=[SelectChoice(code, words) for code, words in STAGES.items()], validate_choice=False
    )
    is_example = BooleanField(_l("These values are examples"))

    def validate_code(self, field: StringField) -> None:
        """Two capitals, which are easy to spell over the phone."""
        field.data = (field.data or "").upper()
        if len(field.data) != 2 or not field.data.isalpha() or not field.data.isascii():
            raise ValidationError(_("Give two letters"))

    def validate_slug_nl(self, field: StringField) -> None:
        """A slug has plain letters only."""
        if field.data:
            SLUG(self, field)

    validate_slug_fr = validate_slug_nl

    @property
    def values(self) -> dict[str, Any]:
        """The values that are not bilingual texts."""
        stages = [code for code in STAGES if code in (self.serves.data or [])]
        return {
            "code": self.code.data,
            "position": self.position.data or 0,
            "serves": " ".join(stages),
            "is_example": bool(self.is_example.data),
        }


class CallForm(BilingualForm):
    """A call without its dates, which have their own page once it is public."""

    BILINGUAL_FIELDS: ClassVar[dict[str, BilingualField]] = {
        "title": BilingualField(_l("Name"), 120),
        "fee": BilingualField(_l("What it costs"), 300),
    }
    places = IntegerField(_l("Places"))
    grace_minutes = IntegerField(_l("Minutes of grace for who is writing when the call closes"))
    version = SelectField(_l("Form"), validate_choice=False)

    def offer(self, versions: list[Any], language: str) -> None:
        """Offer the published versions of every form."""
        self.version.choices = [
            SelectChoice(str(one.id), _("%(form)s, version %(number)s", form=one.title[language], number=one.number))
            for one in versions
        ]

    def validate_version(self, field: SelectField) -> None:
        if field.data not in {choice.value for choice in field.choices}:
            raise ValidationError(_("Choose a form"))

    def validate_places(self, field: IntegerField) -> None:
        if field.data is None or not 1 <= field.data <= MOST_PLACES:
            field.errors = []
            raise ValidationError(_("Give the number of places"))

    def validate_grace_minutes(self, field: IntegerField) -> None:
        """0 to 120 minutes."""
        if field.data is None or not 0 <= field.data <= MOST_GRACE:
            field.errors = []
            raise ValidationError(_("Give a number of minutes from 0 to 120"))
