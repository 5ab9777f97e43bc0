"""Which file goes to whom: by hand, many at once, spread evenly, and told."""

import pytest

from app.applications.rules.states import State
from app.core import clock
from app.core.audit import audit_trail
from app.core.db.base import db
from app.reviewers.actions import assigning
from app.reviewers.models import Assignment
from app.reviewers.queries import load
from tests.builders import a_call, a_person
from tests.letters import Mailbox
from tests.pages import PageClient, assert_budget
from tests.people import ELS, SignedIn, known
from tests.reviewers.scene import a_stranger, files, scene
from tests.selection import a_conflict, a_review, a_reviewer, an_assignment

PAGES = ["files", "assign_balanced", "notify"]


def given() -> set[tuple[int, int]]:
    return {(one.application_id, one.reviewer_id) for one in db.session.query(Assignment)}


@pytest.mark.parametrize("lang", ["nl", "fr"])
@pytest.mark.parametrize("page", PAGES)
def test_each_page_in_both_languages(els: SignedIn, lang: str, page: str) -> None:
    call, (file, *_more), (chloe, _daan) = scene()
    an_assignment(file, chloe.person)

    answer = els.get(f"reviewers_assigning.{page}", lang=lang, key=call.key)
    one = els.get("reviewers_assigning.file", lang=lang, key=call.key, file_key=file.key)

    assert chloe.person.name in answer.text
    assert_budget(answer, 10)
    assert_budget(one, 10)


@pytest.mark.parametrize("page", ["files", "assign_balanced"])
def test_many_files_ask_as_often_as_one(els: SignedIn, page: str) -> None:
    call = a_call()
    a_stranger(call)
    files(call, 1)
    one = els.get(f"reviewers_assigning.{page}", key=call.key)
    a_stranger(call, "Lezer")
    files(call, 4)

    many = els.get(f"reviewers_assigning.{page}", key=call.key)

    assert len(one.statements) == len(many.statements)
    assert_budget(many, 6 if page == "files" else 10)


def test_paging_reaches_every_file(els: SignedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    call, three, _readers = scene()
    monkeypatch.setattr(load, "PAGE_SIZE", 2)

    first = els.get("reviewers_assigning.files", key=call.key)
    second = els.get_path(first.links(".pager a")[0])

    shown = first.select("tbody td.nowrap") + second.select("tbody td.nowrap")
    assert sorted(shown) == sorted(str(file.reference) for file in three)
    assert second.links(".pager a") == []


def test_ticked_files_go_to_ticked_readers_after_a_look(els: SignedIn) -> None:
    call, (one, two, three), (chloe, daan) = scene()
    a_conflict(two, daan.person)
    an_assignment(one, chloe.person)
    page = els.get("reviewers_assigning.files", key=call.key)

    look = page.submit(
        "Bekijk wat er zal gebeuren", file=[one.key, two.key], reader=[str(chloe.id), str(daan.id)], status=200
    )
    assert given() == {(one.id, chloe.id)}
    assert look.select("tbody td:last-child") == [
        "heeft het al",
        "wordt toegewezen",
        "wordt toegewezen",
        "kan niet worden toegewezen: een belangenconflict",
    ]
    for _time in range(2):
        look.submit("Wijs 2 beoordelingen toe")

    assert given() == {(one.id, chloe.id), (one.id, daan.id), (two.id, chloe.id)}
    assert three.id not in {file for file, _reader in given()}


@pytest.mark.parametrize("asked", [{}, {"file": "x"}, {"reader": "1"}, {"file": ["x", "y"] * 30, "reader": "99"}])
def test_nothing_ticked_means_nothing(els: SignedIn, asked: dict[str, object]) -> None:
    call, _files, _readers = scene()

    page = els.get("reviewers_assigning.give", key=call.key, **asked)
    els.post("reviewers_assigning.give", asked, key=call.key, status=409)

    assert "Vink minstens één dossier en één lezer aan." in page.text
    assert given() == set()


def test_one_file_by_hand(els: SignedIn) -> None:
    call, (file, *_more), (chloe, daan) = scene()
    nora = a_stranger(call, languages="fr")
    a_review(file, chloe.person, {}, done=False)
    a_conflict(file, daan.person)
    page = els.get("reviewers_assigning.file", key=call.key, file_key=file.key)

    assert page.select("tbody tr > :first-child") == ["begonnen", "belangenconflict", ""]
    assert page.soup.select_one(f"#r{nora.id}")["aria-label"] == "Nora Peters kiezen"
    page.submit("Bewaar de lezers van dit dossier", reader=[str(nora.id), str(daan.id), "999999"])

    assert given() == {(file.id, chloe.id), (file.id, nora.id)}


def test_two_colleagues_choose_readers_of_one_file_in_two_windows(els: SignedIn, greta: SignedIn) -> None:
    call, (file, *_more), (chloe, daan) = scene()
    where = {"key": call.key, "file_key": file.key}
    mine, hers = els.get("reviewers_assigning.file", **where), greta.get("reviewers_assigning.file", **where)

    mine.submit("Bewaar de lezers van dit dossier", reader=[str(chloe.id)])
    hers.submit("Bewaar de lezers van dit dossier", reader=[str(daan.id)])

    assert given() == {(file.id, chloe.id), (file.id, daan.id)}


def test_files_are_spread_as_they_were_shown(els: SignedIn, greta: SignedIn) -> None:
    call, three, reviewers = scene()
    page = els.get("reviewers_assigning.assign_balanced", key=call.key)
    hers = greta.get("reviewers_assigning.assign_balanced", key=call.key)
    assert len(page.select("#added ~ .scroll tbody tr")) == 6
    assert "Leest Nederlands" in page.text

    page.submit("Verdeel de dossiers zo").follow()
    late = hers.submit("Verdeel de dossiers zo").follow()

    assert given() == {(file.id, one.id) for file in three for one in reviewers}
    assert "Er zou niets veranderen." in late.text
    els.post("reviewers_assigning.assign_balanced", {"digest": "x"}, key=call.key)
    els.post("reviewers_assigning.assign_balanced", {}, key=call.key, csrf=False, status=400)


def test_the_plan_says_why_not(els: SignedIn) -> None:
    call, (file, *_more), (chloe, daan) = scene()
    daan.languages = "fr"
    a_conflict(file, chloe.person)

    page = els.get("reviewers_assigning.assign_balanced", lang="fr", key=call.key)

    rows = [row for row in page.select("#short ~ .scroll tbody tr") if str(file.reference) in row]
    assert len(rows) == 1
    assert "les autres personnes qui lisent la langue ont un conflit d’intérêts avec le dossier" in rows[0]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("nl", ["1 nieuwe aanwijzing van een belangenconflict", "1 afgewerkte beoordeling telt tot dan niet mee."]),
        ("fr", ["1 nouvel indice de conflit d’intérêts", "1 évaluation terminée ne compte plus d’ici là."]),
    ],
)
def test_new_signs_are_named_before_they_hide_anything(els: SignedIn, lang: str, said: list[str]) -> None:
    call = a_call()
    file, other = files(call, 2, person=a_person(email="info@huis.example"))
    close = a_reviewer(call, a_person(email="lezer@huis.example"))
    a_review(file, close.person, {})
    a_conflict(other, close.person)

    page = els.get("reviewers_assigning.assign_balanced", lang=lang, key=call.key)

    assert page.select("#signs, #signs ~ p b") == said
    assert len(page.select(".warn tbody tr")) == 1
    assigning.detect_conflicts(call.id, at=clock.now())
    assert els.get("reviewers_assigning.assign_balanced", lang=lang, key=call.key).select("#signs") == []


def test_what_is_hidden_from_a_colleague_stays_hidden_here(els: SignedIn, greta: SignedIn) -> None:
    call, (file, *_more), _readers = scene()
    a_conflict(file, known(ELS))

    for page in ("files", "assign_balanced"):
        assert file.reference in greta.get(f"reviewers_assigning.{page}", key=call.key).text  # type: ignore[operator]
        assert file.reference not in els.get(f"reviewers_assigning.{page}", key=call.key).text  # type: ignore[operator]
    els.get("reviewers_assigning.file", key=call.key, file_key=file.key, status=404)
    els.get("reviewers_assigning.file", key=a_call().key, file_key=_more[0].key, status=404)


def test_readers_are_told_after_a_look_and_once(els: SignedIn, mailbox: Mailbox) -> None:
    call, (file, *_more), (chloe, _daan) = scene()
    an_assignment(file, chloe.person)
    page = els.get("reviewers_assigning.notify", key=call.key)
    assert page.select("main .history li") == ["Chloé Lambert FR 1 nieuw dossier"]

    for _time in range(2):
        page.submit("Verwittig 1 lezer").follow()

    assert [one.kind for one in mailbox.letters if one.kind.startswith("reader")] == ["reader_assigned"]
    db.session.expire_all()
    assert [one.state for one in (file, *_more)] == [State.IN_REVIEW, State.ELIGIBLE, State.ELIGIBLE]
    assert [entry.action for entry in audit_trail.history(file.ref)].count("application.moved") == 2
    assert mailbox.kinds.count("application_eligible") == 3


def test_nobody_but_staff_comes_in(client: PageClient, bruno: SignedIn, farid: SignedIn, chloe: SignedIn) -> None:
    call, _files, _readers = scene()

    for page in PAGES:
        client.get(f"reviewers_assigning.{page}", key=call.key, status=302)
        for who in (bruno, farid, chloe):
            who.get(f"reviewers_assigning.{page}", key=call.key, status=403)
