"""Who applies reads their own deadline: no page or letter for them names the closing moment of the call itself."""

import re

from config import ROOT

FOR_APPLICANTS = (
    "templates/applications",
    "templates/mail",
    "templates/privacy",
    "templates/questionnaires",
    "templates/decisions/applicant",
    "templates/interviews/applicant",
    "templates/layouts/applicant.html",
    "app/applications/views",
    "app/applications/forms.py",
    "app/mail/rules",
    "app/intake/actions/deadlines.py",
)
OF_THE_CALL = re.compile(r"\bcloses_at\b")
BEFORE_A_FILE_EXISTS = {"templates/applications/public/start.html"}
# Read by who waits for a call and has no file; a list of values that letters may show; and why a draft is closed.
ABOUT_THE_CALL = {
    "templates/mail/subscription_closing.txt",
    "templates/mail/subscription_opened.txt",
    "app/mail/rules/kinds.py",
    "templates/applications/_closed_draft.html",
}
OF_STAFF = {"templates/applications/staff/statistics.html", "app/applications/views/staff.py"}  # about the call itself


def test_pages_and_letters_for_applicants_never_name_the_closing_moment_of_the_call() -> None:
    places = [ROOT / one for one in FOR_APPLICANTS]
    files = [file for place in places for file in ([place] if place.is_file() else sorted(place.rglob("*.*")))]
    assert len(files) > 80

    found = [
        str(file.relative_to(ROOT))
        for file in files
        if file.suffix in (".html", ".txt", ".py") and OF_THE_CALL.search(file.read_text(encoding="utf-8"))
    ]

    assert set(found) <= BEFORE_A_FILE_EXISTS | ABOUT_THE_CALL | OF_STAFF
