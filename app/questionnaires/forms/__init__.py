"""A section as a page: its fields on the way out, its raw answers on the way back."""

from app.questionnaires.forms.fields import Field, fields
from app.questionnaires.forms.reading import Deed, carry_out, dropped_file, group_action, read, restored_file

__all__ = ["Deed", "Field", "carry_out", "dropped_file", "fields", "group_action", "read", "restored_file"]
