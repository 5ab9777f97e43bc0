"""Whoever takes many files along leaves a look at each of them and one line in the audit trail."""

import pytest
from flask import Flask

from app.core.audit import audit_trail
from app.core.audit.access_log import AccessLogEntry
from app.core.db.base import db
from tests.builders import a_call, an_application
from tests.people import SignedIn
from tests.selection import a_conflict

ENDPOINTS = {
    "files": ("documents_staff.files", {"ending": "csv"}),
    "archive": ("documents_staff.archive", {}),
    "book": ("documents_staff.book", {}),
    "scores": ("documents_staff.scores", {"ending": "xlsx"}),
}


def taken(els: SignedIn, endpoint: str, **values: str) -> None:
    """Download, twice: the second time leaves no second look."""
    for _time in range(2):
        assert els.send("GET", els.address(endpoint, **values)).status == 200


@pytest.mark.parametrize("what", ENDPOINTS)
def test_an_export_is_a_look_at_each_file_and_a_deed(els: SignedIn, what: str) -> None:
    call = a_call()
    files = [an_application(call=call, submitted=True) for _number in range(2)]
    hidden = an_application(call=call, submitted=True)
    a_conflict(hidden, els.person)
    db.session.commit()
    endpoint, values = ENDPOINTS[what]

    taken(els, endpoint, **values, call=call.key)

    seen = {(look.about, look.by) for look in db.session.query(AccessLogEntry)}
    assert seen == {(file.ref, els.person.ref) for file in files}
    lines = [one for one in audit_trail.latest(10, ["export.made"]) if one.about == f"export:{what}"]
    assert [(one.by, one.detail["count"]) for one in lines] == [(els.person.ref, 2)] * 2
    assert lines[0].detail["chosen_by"]["call"] == call.key
    assert audit_trail.broken_links() == []


def test_the_words_of_a_search_are_not_kept(els: SignedIn) -> None:
    file = an_application(submitted=True)
    db.session.commit()

    taken(els, "documents_staff.files", ending="csv", q=file.person.email)

    assert [one.detail["chosen_by"] for one in audit_trail.latest(1, ["export.made"])] == [{"q": True, "as": "csv"}]


def test_ticked_files_are_counted(app: Flask, els: SignedIn) -> None:
    files = [an_application(submitted=True) for _number in range(2)]
    db.session.commit()

    taken(els, "documents_staff.archive", file=files[0].key)

    assert [one.detail for one in audit_trail.latest(1, ["export.made"])] == [
        {"count": 1, "chosen_by": {"ticked": 1, "as": "zip"}}
    ]
    assert [look.about for look in db.session.query(AccessLogEntry)] == [files[0].ref]


def test_a_refused_export_leaves_nothing(els: SignedIn) -> None:
    an_application(submitted=True)
    db.session.commit()

    assert els.send("GET", els.address("documents_staff.files", ending="doc")).status == 404

    assert db.session.query(AccessLogEntry).count() == 0
    assert audit_trail.latest(10, ["export.made"]) == []
