"""Filter of the outbox, wording of a kind in both languages, and text of one letter."""

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, StringField, TextAreaField

from app.core.http.edit_forms import EditForm
from app.core.http.forms import Form, at_most, needed
from app.core.i18n.addresses import site_host
from app.core.i18n.bilingual import LOCALES, Bilingual
from app.core.text.cleaning import clean, sent_number
from app.mail.rules.placeholders import LONGEST_BODY, LONGEST_GREETING, LONGEST_SUBJECT, Kind
from app.mail.rules.states import MailState
from app.mail.rules.wording import WordingIssue, edit_issues, wording_issues
from app.outbox.queries import Filter

LONGEST_SEARCH = 100


class EmptyForm(Form):
    """A button; only checks the CSRF token."""


class LetterForm(EditForm):
    """Subject and text of one letter."""

    subject = StringField(_l("Subject"), [needed(_l("Write a subject")), at_most(LONGEST_SUBJECT)])
    body = TextAreaField(_l("Text"), [needed(_l("Write the letter")), at_most(LONGEST_BODY)])

    def fits(self, *, before: str) -> bool:
        """True when the letter may be sent like this. `before`: its former subject and text."""
        fine = bool(self.validate())
        subject, body = self.subject.data or "", self.body.data or ""
        for name, sentence in edit_issues(subject, body, before=before, own_host=site_host()).items():
            self[name].errors = [*self[name].errors, str(sentence)]
            fine = False
        return fine


class WordsForm(EditForm):
    """Base of the two wording forms; `of` adds the fields per language."""

    once = HiddenField()

    @classmethod
    def of(cls, subject: Bilingual, body: Bilingual, *, once: str) -> "WordsForm":
        """The form filled with this wording, and with what was sent."""
        now = {f"subject_{code}": subject[code] for code in LOCALES} | {f"body_{code}": body[code] for code in LOCALES}
        return cls(data=now | {"once": once})

    def text(self, name: str) -> Bilingual:
        """The typed `subject` or `body`; empty for a field that this form does not have."""
        names = {code: f"{name}_{code}" for code in LOCALES}
        return Bilingual(**{code: (self[one].data or "") if one in self else "" for code, one in names.items()})

    def fits(self, kind: Kind) -> bool:
        """True when the wording may be used; each issue is shown at its field."""
        fine = bool(self.validate())
        for issue in self.issues(kind):
            field = self[f"{issue.text}_{issue.language}"]
            field.errors = [*field.errors, str(issue.sentence)]
            fine = False
        return fine

    def issues(self, kind: Kind) -> list[WordingIssue]:
        """The issues of the wording."""
        return wording_issues(kind, self.text("subject"), self.text("body"), own_host=site_host())


class WordingForm(WordsForm):
    """Subject and text in every language."""


class GreetingForm(WordsForm):
    """The greeting in every language, the only editable part of a letter with a sign-in link."""


for _code in LOCALES:
    setattr(WordingForm, f"subject_{_code}", StringField(_l("Subject"), [at_most(LONGEST_SUBJECT)]))
    setattr(WordingForm, f"body_{_code}", TextAreaField(_l("Text"), [at_most(LONGEST_BODY)]))
    setattr(GreetingForm, f"body_{_code}", StringField(_l("Greeting"), [at_most(LONGEST_GREETING)]))


def list_filter(asked: MultiDict[str, str]) -> Filter:
    """Read the list filter from an address; invalid values are ignored."""
    state = asked.get("state", "")
    return Filter(
        text=clean(asked.get("q", ""))[:LONGEST_SEARCH],
        state=state if state in list(MailState) else "",
        kind=clean(asked.get("kind", ""))[:LONGEST_SEARCH],
        batch=clean(asked.get("batch", ""))[:LONGEST_SEARCH],
        after=sent_number(asked.get("after", "")),
    )


def chosen_letters(sent: Any) -> list[int]:
    """The ids of the selected letters."""
    return [number for number in map(sent_number, sent.getlist("letter")) if number]
