"""The glossary names every room, table and audience, and the private words that were retired stay away."""

import ast
import re

import pytest
from flask import Flask

from app.core.db.base import db
from config import ROOT
from tests.house import source

GLOSSARY = ROOT / "docs" / "glossary.md"
ROW = re.compile(r"^\| `([\w-]+)` \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
ONLY_IN_CODE = {"static"}

# Retired names, each with the name that replaces it.
RETIRED = {
    "DOORS": "BLUEPRINTS",
    "PairForm": "BilingualForm",
    "TwinMark": "StaleTranslation",
    "Moment": "UTCDateTime",
    "Missing": "NotFound",
    "Refused": "Forbidden",
    "Seat": "ApplicationAccess, ReviewAccess or MeetingMember",
    "Standing": "RegistrationStatus or ConflictStatus",
    "Mark": "CriterionScore",
    "Remark": "Comment",
    "Veil": "Redactor",
    "Spot": "Issue, or DecisionIssue, PublishIssue",
    "Fault": "Issue: AnswerIssue, DefinitionIssue, WordingIssue",
    "Said": "CriterionFeedback",
    "Told": "PublishedDecision",
    "Look": "AccessLogEntry",
    "Letter": "OutgoingMail",
    "Reader": "Reviewer",
    "Carrier": "MailTransport",
    "Holding": "PersonalDataSource",
    "Only": "Filter",
    "Wanted": "ListParams",
    "Deed": "GroupAction",
    "anew": "reencode",
    "asked_now": "current_questions",
    "brisk": "relaxed_commit",
    "by_words": "actor_label",
    "deed": "action",
    "deed_words": "action_label",
    "few": "rate_limit",
    "give_back": "release, release_claims or return_unsent",
    "juror": "reviewer",
    "know": "get_or_create_person",
    "lasting_name": "stable_uuid",
    "let_go": "remove_member, remove_reviewer, release_slot or purge",
    "let_team_find": "index_application",
    "looked": "record_access",
    "narrowed": "select_questions",
    "octets": "raw_bytes",
    "open_door": "start_session",
    "revised": "updated_at_column",
    "see": "redirect_after_post",
    "take_up": "mark_handled",
    "told_at": "published_at, notified_at or announced_at",
    "untold": "unpublished or not_notified",
    "veil": "redactor",
    "LookFirst": "UnconfirmedDraft",
    "Stranger": "PersonFacts",
    "Carried": "CarriedOver",
    "NEXT_DOORS": "NEXT_PAGES",
    "HELD": "ON_HOLD",
    "KEPT_FROM": "HIDDEN_FROM",
    "carrier": "transport",
    "carry": "send",
    "carries_key": "has_secret_link",
    "door": "endpoint, blueprint or link",
    "doors": "pages, endpoints or links",
    "deeds": "actions",
    "fault": "issue or rejection",
    "faults": "issues",
    "held": "on_hold, taken or buffered",
    "holding": "source",
    "kept_away": "in_conflict",
    "kept_away_from": "people_in_conflict",
    "kept_from": "hidden_from",
    "look_first": "read_only_first",
    "octet": "byte",
    "patience": "timeout",
    "seat": "membership or access",
    "seats": "memberships",
    "seat_form": "member_form",
    "spot": "position or issue",
    "standing": "status",
    "telling": "announcing",
    "told": "published, announced or notified",
    "twin": "other language or alternate",
    "twins": "alternates",
    "window": "submission_window (dates) or tab_id (browser)",
}
# Real doors of drawn houses, and values that are windows in time.
ALLOWED = {
    "impact/rules/drawings.py": {"doors"},
    "core/drawings/facade.py": {"door", "window"},
    "core/drawings/gables.py": {"window"},
    "core/drawings/house.py": {"door", "window"},
    "core/drawings/shopfront.py": {"door"},
    "core/drawings/timeline.py": {"door"},
    "applications/rules/submission_window.py": {"window"},
    "applications/rules/monitoring.py": {"window"},
}
RETIRED_MODULES = {
    "papers",
    "desk",
    "builder",
    "readers",
    "juror",
    "lasting",
    "kept",
    "turns",
    "twins",
    "looks",
    "freshness",
    "carriers",
    "deeds",
    "signs",
    "standing",
    "telling",
    "told",
    "spreading",
    "hiding",
    "faults",
}


def section(title: str) -> dict[str, tuple[str, str, str]]:
    """Code word -> (Dutch, French, meaning) of one table of the glossary."""
    text = GLOSSARY.read_text(encoding="utf-8").partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    return {code: (nl.strip(), fr.strip(), meaning.strip()) for code, nl, fr, meaning in ROW.findall(text)}


def rooms() -> set[str]:
    return {place.name for place in (ROOT / "app").iterdir() if place.is_dir() and any(place.glob("*.py"))}


def names(tree: ast.Module) -> set[str]:
    """The classes, functions, parameters, variables and aliases that the module defines."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found.add(node.attr)
        elif isinstance(node, ast.alias) and node.asname:
            found.add(node.asname)
    return found


def test_the_glossary_names_every_room() -> None:
    assert set(section("Rooms")) == rooms() - ONLY_IN_CODE


def test_the_glossary_names_every_table(app: Flask) -> None:
    assert set(section("Tables")) == set(db.metadata.tables)


def test_the_glossary_names_the_two_halves_of_every_endpoint(app: Flask) -> None:
    blueprints = {rule.endpoint.partition(".")[0] for rule in app.url_map.iter_rules() if "." in rule.endpoint}
    room_names = sorted(section("Rooms"), key=len, reverse=True)
    halves = set()
    for blueprint in blueprints:
        room = next((name for name in room_names if blueprint.startswith(f"{name}_")), "?")
        halves.add((room, blueprint.removeprefix(f"{room}_")))

    assert {room for room, _audience in halves} <= set(room_names)
    assert {audience for _room, audience in halves} - set(section("Audiences")) == set()


@pytest.mark.parametrize("title", ["Rooms", "Audiences", "Tables", "Other words"])
def test_every_word_has_both_languages_and_one_sentence(title: str) -> None:
    rows = section(title)

    assert rows
    assert [code for code, (nl, fr, meaning) in rows.items() if not nl or not fr or not meaning.endswith(".")] == []


def test_no_retired_word_names_anything_in_app() -> None:
    found = [
        f"{source.name(place)}: {name} -> {RETIRED[name]}"
        for place in source.python("app")
        for name in sorted(names(source.tree(place)) & set(RETIRED))
        if name not in ALLOWED.get(place.relative_to(ROOT / "app").as_posix(), set())
    ]

    assert found == []


def test_no_module_has_a_retired_name() -> None:
    found = [
        source.name(place)
        for place in source.python("app")
        if {place.stem, *place.relative_to(ROOT / "app").parts[:-1]} & RETIRED_MODULES
    ]

    assert found == []
