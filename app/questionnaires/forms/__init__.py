"""A section as a page: its fields on the way out, its raw answers on the way back; and the forms that write a form."""

from app.questionnaires.forms.building import (
    KIND_NAMES,
    SETTINGS,
    SPECIAL_NAMES,
    ChoiceForm,
    DeclarationForm,
    FrameForm,
    QuestionForm,
    SectionForm,
    choices_of,
)
from app.questionnaires.forms.fields import Field, fields
from app.questionnaires.forms.reading import Deed, carry_out, dropped_file, group_action, read

__all__ = [
    "KIND_NAMES",
    "SETTINGS",
    "SPECIAL_NAMES",
    "ChoiceForm",
    "DeclarationForm",
    "Deed",
    "Field",
    "FrameForm",
    "QuestionForm",
    "SectionForm",
    "carry_out",
    "choices_of",
    "dropped_file",
    "fields",
    "group_action",
    "read",
]
