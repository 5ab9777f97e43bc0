"""What points to a conflict of interest, and what does not."""

import pytest

from app.conflicts.rules.signals import Facts, PersonFacts, numbers_in, same_person, signal_of
from app.conflicts.rules.status import ConflictSignal, ConflictStatus, is_settled

READER = PersonFacts(1, "Chloé Lambert", "chloe@febecoop.be", "Febecoop asbl 0123.456.749")


@pytest.mark.parametrize(
    ("file", "signal"),
    [
        (Facts(9, "Wassalon"), None),
        (Facts(9, "Wassalon", people=frozenset({1})), ConflictSignal.TEAM),
        (Facts(9, "Wassalon", emails=("chloe@febecoop.be",)), ConflictSignal.NAME),
        (Facts(9, "Wassalon", emails=("jan@febecoop.be",)), ConflictSignal.MAIL_DOMAIN),
        (Facts(9, "Wassalon", emails=("jan@mail.FEBECOOP.be",)), ConflictSignal.MAIL_DOMAIN),
        (Facts(9, "Wassalon", emails=("jan@notfebecoop.be",)), None),
        (Facts(9, "Wassalon", numbers=frozenset({"0123456749"})), ConflictSignal.ENTERPRISE_NUMBER),
        (Facts(9, "Wassalon", numbers=frozenset({"0403227515"})), None),
        (Facts(9, "Wassalon", names=("LAMBERT chloe",)), ConflictSignal.NAME),
        (Facts(9, "Wassalon", names=("Chloé Marie Lambert",)), ConflictSignal.NAME),
        (Facts(9, "Wassalon", names=("Chloé Lambertin", "Zoë Lambert")), None),
        (Facts(9, "Wassalon", names=("raadgever bij Fébecoop",)), ConflictSignal.NAME),
        (Facts(9, "Febecoop in de wijk"), ConflictSignal.NAME),
        (Facts(9, "Febecoopers"), None),
    ],
)
def test_what_points_to_a_conflict(file: Facts, signal: ConflictSignal | None) -> None:
    assert signal_of(READER, file) == signal


@pytest.mark.parametrize("email", ["a@gmail.com", "a@proximus.be", "a@skynet.be", "a@hotmail.com", "a@telenet.be"])
def test_a_public_provider_is_nobodys_house(email: str) -> None:
    reviewer = PersonFacts(1, "Zoë", email)

    assert signal_of(reviewer, Facts(9, "Wassalon", emails=(email.replace("a@", "b@"),))) is None


@pytest.mark.parametrize(
    ("organisation", "title", "found"),
    [
        ("Casa Legal vzw", "CASA LÉGAL", True),
        ("La Casa Légal", "Casa Legal Bruxelles", True),
        ("Coop Brussels", "Wassalon Coop Brussels", False),
        ("ABC", "ABC van de wijk", False),
        ("", "Wassalon", False),
        ("zelfstandige", "Zelfstandige wassalon", False),
        ("Wassalon Kuregem cv", "Wassalon Kuregem", True),
        ("Wassalon", "Kuregems wassalonnetje", False),
    ],
)
def test_organisations_are_compared_by_whole_words(organisation: str, title: str, found: bool) -> None:
    signal = signal_of(PersonFacts(1, "Zoë Janssens", "z@gmail.com", organisation), Facts(9, title))

    assert (signal is ConflictSignal.NAME) is found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Janssens", "Els Janssens", False),
        ("", "", False),
        ("Els Janssens", "els JANSSENS", True),
        ("Van den Berghe, Jan", "Jan van den Berghe", True),
        ("Jan Peeters", "Jana Peeters", False),
    ],
)
def test_names_of_people(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


def test_enterprise_numbers_are_found_in_any_spelling() -> None:
    assert numbers_in("BE 0123.456.749, ook 0403227515 en 0123.456.789") == {"0123456749", "0403227515"}


@pytest.mark.parametrize(
    ("status", "by", "signal", "settled"),
    [
        (ConflictStatus.PROPOSED, None, ConflictSignal.NAME, False),
        (ConflictStatus.CONFIRMED, 1, ConflictSignal.DECLARED, False),
        (ConflictStatus.CONFIRMED, 2, ConflictSignal.DECLARED, True),
        (ConflictStatus.DISMISSED, 2, ConflictSignal.NAME, False),
        (ConflictStatus.PROPOSED, None, ConflictSignal.TEAM, True),
    ],
)
def test_what_a_reader_can_say_nothing_more_about(status: str, by: int | None, signal: str, settled: bool) -> None:
    assert is_settled(status, by, 1, signal) is settled
