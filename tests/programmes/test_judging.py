"""The criteria of a call: rows that go and come, changes in the open, and nothing after the first finished review."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.audit.audit_trail import AuditEntry
from app.core.db.base import db
from app.core.db.transactions import unit_of_work
from app.core.errors import Conflict
from app.core.i18n.bilingual import Bilingual
from app.core.i18n.formats import day
from app.core.i18n.language import speaking
from app.intake.actions import changes as changes_actions
from app.programmes.actions import calls, judging
from app.programmes.models import Anchor, Call, CallChange, Criterion
from app.programmes.rules.rubric import Changed, new_codes, repeated
from app.questionnaires.queries import version
from app.reviewers import jobs
from tests.at_once import at_once
from tests.builders import a_call, a_criterion, a_person, a_version, both
from tests.conftest import Clock
from tests.every_kind import EVERY_KIND
from tests.letters import Mailbox
from tests.pages import Page, PageClient
from tests.people import CHLOE, ELS, SignedIn, known
from tests.review.scenes import fields, in_review
from tests.selection import a_review, a_reviewer, an_assignment

PAGE = "programmes_rows.criteria"
WHY: dict[str, Any] = {
    "reason_nl": "Het bestuur woog de ploeg zwaarder.",
    "reason_fr": "Le comité donne plus de poids à l’équipe.",
}


@pytest.fixture
def call(app: Flask) -> Call:
    """A public call with two criteria, of 60 and 40."""
    made = a_call()
    for position, (code, weight) in enumerate((("C1", 60), ("C2", 40)), 1):
        criterion = a_criterion(made, code, weight=weight)
        criterion.position = position
        criterion.anchors += [Anchor(score=score, text=both(f"score {score}")) for score in (2, 3, 4)]
    db.session.commit()
    db.session.refresh(made)
    return made


@pytest.fixture
def draft(call: Call) -> Call:
    """The same before anybody sees it."""
    call.published_at = None
    db.session.commit()
    return call


def named(call: Call, place: int, field: str) -> str:
    """The name of a control of a criterion."""
    return f"criterion:{call.criteria[place].id}:{field}"


def stored(call: Call) -> list[tuple[str, int]]:
    """(code, weight) of each criterion, as the database has them."""
    rows = db.session.execute(select(Criterion.code, Criterion.weight).where(Criterion.call_id == call.id))
    return sorted((code, weight) for code, weight in rows)


def new(place: int, **more: str) -> dict[str, Any]:
    """A new row with a title."""
    row = {"title_nl": "Doel", "title_fr": "But", "weight": "10"} | more
    return {f"criterion:new{place}:{field}": said for field, said in row.items()}


def texts(criterion: Criterion) -> dict[str, Bilingual]:
    """The texts of a criterion as its form sends them."""
    return {"title": criterion.title} | {f"score{one.score}": one.text for one in criterion.anchors}


def sentences(page: Page) -> list[str]:
    """What the error summary says to do, without the name of each field."""
    return [one.rpartition(" – ")[2].rpartition("’: ")[2] for one in page.problems]


def changes() -> list[CallChange]:
    return list(db.session.scalars(select(CallChange)))


def test_a_criterion_is_removed_with_the_words_of_its_scores(els: SignedIn, draft: Call) -> None:
    gone = draft.criteria[1].id

    els.get(PAGE, key=draft.key).submit(**{named(draft, 1, "remove"): "y"})

    assert stored(draft) == [("C1", 60)]
    assert db.session.scalars(select(Anchor.id).where(Anchor.criterion_id == gone)).all() == []


def test_criteria_without_a_code_are_given_one(els: SignedIn, draft: Call) -> None:
    els.get(PAGE, key=draft.key).submit(**new(0), **new(1), **{named(draft, 0, "code"): ""})

    assert stored(draft) == [("C1", 60), ("C2", 40), ("C3", 10), ("C4", 10)]


def test_a_code_that_stands_twice_is_named(els: SignedIn, draft: Call) -> None:
    refused = els.get(PAGE, key=draft.key).submit(**new(0, code="c2"), status=422)

    assert sentences(refused) == [
        "Een ander criterium heeft ook de code C2: kies voor elk een eigen code",
        "Een ander criterium heeft ook de code c2: kies voor elk een eigen code",
    ]
    assert refused.value("criterion:new0:title_nl") == "Doel"
    assert stored(draft) == [("C1", 60), ("C2", 40)]


def test_codes_are_exchanged_and_taken_over_in_one_save(els: SignedIn, draft: Call) -> None:
    page = els.get(PAGE, key=draft.key)
    page.submit(**{named(draft, 0, "code"): "C2", named(draft, 1, "code"): "C1"})

    assert stored(draft) == [("C1", 40), ("C2", 60)]
    els.get(PAGE, key=draft.key).submit(**{named(draft, 0, "remove"): "y"}, **new(0, code="C2"))

    assert stored(draft) == [("C1", 40), ("C2", 10)]


def test_a_public_call_weighs_a_hundred(els: SignedIn, call: Call) -> None:
    refused = els.get(PAGE, key=call.key).submit(**{named(call, 0, "weight"): "50"}, **WHY, status=422)

    assert sentences(refused) == ["De gewichten zijn samen 90, niet 100"]
    assert stored(call) == [("C1", 60), ("C2", 40)]
    assert changes() == []


def test_a_draft_says_what_its_weights_are_together(els: SignedIn, draft: Call) -> None:
    els.get(PAGE, key=draft.key).submit(**{named(draft, 0, "weight"): "50"})

    assert "De gewichten zijn samen 90." in els.get(PAGE, key=draft.key).text
    assert stored(draft) == [("C1", 50), ("C2", 40)]


def test_changing_a_public_call_needs_a_reason_in_both_languages(els: SignedIn, call: Call) -> None:
    page = els.get(PAGE, key=call.key)
    weights: dict[str, Any] = {named(call, 0, "weight"): "70", named(call, 1, "weight"): "30"}

    silent = page.submit(**weights, reason_nl="Omdat.", status=422)
    page.submit()  # nothing changes: nobody need say why

    assert sentences(silent) == ["Schrijf dit ook in het Frans"]
    assert (stored(call), changes()) == ([("C1", 60), ("C2", 40)], [])


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_change_is_named_on_the_public_page_and_told_to_the_reviewers(
    els: SignedIn, client: PageClient, call: Call, mailbox: Mailbox, clock: Clock, lang: str
) -> None:
    a_reviewer(call, known(CHLOE))
    a_reviewer(call, a_person("Weg"), left_at=call.opens_at)
    weights: dict[str, Any] = {named(call, 0, "weight"): "70", named(call, 1, "weight"): "30"}
    els.get(PAGE, key=call.key).submit(**weights, **WHY)
    changed_at = clock()
    clock.forward(days=3)

    notified = jobs.notify_of_changes() + jobs.notify_of_changes()
    page = client.get("programmes_public.programme", lang=lang, slug=call.programme.slug[lang])

    assert notified == 1
    assert [one.to_email for one in mailbox.letters if one.kind == "criteria_changed"] == [CHLOE.email]
    assert WHY["reason_fr"] in mailbox.last("criteria_changed").text
    with speaking(lang):
        changed_on = day(changed_at)
    lines = page.select("section[aria-labelledby=changes] li")
    assert len(lines) == 1
    assert lines[0].startswith(f"{changed_on} ")
    assert WHY[f"reason_{lang}"] in lines[0]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_another_form_of_a_public_call_needs_a_reason_too(els: SignedIn, call: Call, lang: str) -> None:
    other = a_version(EVERY_KIND | {"key": "short", "title": {"nl": "Korte vraag", "fr": "Question brève"}})
    page = els.get("intake_staff.choose_form", lang=lang, key=call.key, version=other.id)

    silent = page.submit(status=422)
    page.submit(**WHY)

    assert len(silent.problems) == 2
    assert [(one.what, one.reason.nl) for one in changes()] == [(Changed.FORM, WHY["reason_nl"])]
    db.session.refresh(call)
    assert call.questionnaire_version_id == other.id


def finished(chloe: SignedIn, call: Call) -> Page:
    """Chloé finishes a review of a file of this call."""
    file = in_review(call)
    an_assignment(file, chloe.person)
    page = chloe.get("review_reviewer.score", key=file.key)
    return page.submit("do=finish", **fields(call, 4, 3))


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_first_finished_review_fixes_criteria_and_form_for_good(
    els: SignedIn, chloe: SignedIn, call: Call, clock: Clock, lang: str
) -> None:
    before = els.get(PAGE, key=call.key, lang=lang)
    revised = call.revised_at
    finished(chloe, call).follow().submit("Mijn beoordeling heropenen")
    other = a_version(EVERY_KIND | {"key": "short", "title": {"nl": "Korte vraag", "fr": "Question brève"}})

    page = els.get(PAGE, key=call.key, lang=lang)
    late = before.submit(**{named(call, 0, "weight"): "70", named(call, 1, "weight"): "30"}, **WHY, status=409)
    els.get("intake_staff.choose_form", key=call.key, version=other.id, lang=lang)

    assert page.soup.select("main form") == []
    assert len(page.select("main .warn")) == len(late.select("main .warn")) == 1
    assert stored(call) == [("C1", 60), ("C2", 40)]
    db.session.refresh(call)
    assert (call.judging_frozen_at, call.revised_at) == (clock(), revised)
    with pytest.raises(Conflict):
        changes_actions.use_version(call, version(other.id), reason=both("Omdat"), by=els.person, at=clock())
    with pytest.raises(Conflict):
        judging.write_criteria(call, [], reason=both("Omdat"), by=els.person, at=clock())


def test_finishing_and_changing_at_one_instant_leave_one_of_the_two(
    app: Flask, chloe: SignedIn, call: Call, clock: Clock
) -> None:
    """Whoever is second is refused: a review is never finished on criteria that it was not written for."""
    file = in_review(call)
    an_assignment(file, chloe.person)
    page = chloe.get("review_reviewer.score", key=file.key)
    call_id, scores = call.id, fields(call, 4, 3)
    db.session.rollback()

    def finish() -> int:
        with app.app_context():
            return page.submit("do=finish", status=None, **scores).status

    def change() -> str:
        with app.app_context():
            try:
                with unit_of_work():
                    found = db.session.get_one(Call, call_id)
                    lines = [
                        calls.Line(one, texts(one), {"code": one.code, "weight": 50}, (), gone=False)
                        for one in found.criteria
                    ]
                    judging.write_criteria(found, lines, reason=Bilingual("Zo", "Ainsi"), by=known(ELS), at=clock())
            except Conflict:
                return "refused"
        return "changed"

    _status, changed = at_once(finish, change)

    db.session.expire_all()
    actions = ("call.criteria_changed", "review.finished")
    trail = db.session.scalars(
        select(AuditEntry.action).where(AuditEntry.action.in_(actions)).order_by(AuditEntry.id)
    ).all()
    weights = [weight for _code, weight in stored(db.session.get_one(Call, call_id))]
    if changed == "changed":
        assert (weights, trail) == ([50, 50], list(actions))
    else:
        assert (weights, trail) == ([60, 40], ["review.finished"])


def test_new_codes_fill_the_first_gaps() -> None:
    assert new_codes(["c1", "C3", "X"], 3) == ["C2", "C4", "C5"]
    assert new_codes([], 1) == ["C1"]


def test_a_code_is_repeated_whatever_its_capitals() -> None:
    assert repeated(["C1", "c1", "C2"]) == {"c1"}


def test_a_review_that_is_only_a_draft_fixes_nothing(els: SignedIn, call: Call) -> None:
    a_review(in_review(call), a_person(), {"C1": 3}, done=False)

    page = els.get(PAGE, key=call.key)

    assert page.soup.select("main form") != []
