"""Who signed up and who came, for the team."""

import csv
import io
from typing import Any

import pytest

from app.core import clock as the_clock
from app.core.db.base import db
from app.core.exports.csv import rows_as_csv
from app.events import actions, queries
from app.events.models import Event
from tests.builders import an_event, both
from tests.letters import Mailbox
from tests.pages import assert_budget
from tests.people import SignedIn

LIST, ONE = "events_staff.events", "events_staff.attendance"


def an_evening(*names: str, places: int = 2) -> Event:
    evening = an_event(both("Infosessie", "Séance"), places=places, in_days=0.2)
    for number, name in enumerate(names):
        email = f"nr{number}@example.be"
        actions.sign_up(evening, name=name, email=email, language="fr", at=the_clock.now())
    db.session.commit()
    return evening


def test_the_list_counts_and_its_statements_do_not_grow(farid: SignedIn) -> None:
    for count in (1, 3, 12):
        for _number in range(count):
            an_evening("Een", "Twee", "Drie")
        page = farid.get(LIST)
        assert_budget(page, 6)

    assert page.select("tbody tr")[0].endswith("in het Nederlands en het Frans 2 2 1 nog niet")


def test_who_came_is_ticked_once_it_has_begun_and_kept(farid: SignedIn, clock: Any) -> None:
    evening = an_evening("Een", "Twee", "Drie")
    assert "Bewaar de aanwezigheden" not in farid.get(ONE, event_key=evening.key).buttons()
    farid.post(ONE, event_key=evening.key, status=409)
    clock.set(evening.starts_at)
    ids = [one.id for one in queries.attendance(evening.id)]

    page = farid.get(ONE, event_key=evening.key).submit("Bewaar de aanwezigheden", came=[str(ids[1])]).follow()

    assert "De aanwezigheden zijn bewaard." in page.text
    assert [tag["value"] for tag in page.main.select("input[checked]")] == [str(ids[1])]
    assert page.select("tbody th") == ["Een", "Twee", "Drie"]
    assert farid.get(LIST).select("tbody td")[-1] == "1"


def test_two_colleagues_tick_who_came_in_two_windows(farid: SignedIn, els: SignedIn, clock: Any) -> None:
    evening = an_evening("Een", "Twee", "Drie")
    clock.set(evening.starts_at)
    ids = [str(one.id) for one in queries.attendance(evening.id)]
    farid.get(ONE, event_key=evening.key).submit("Bewaar de aanwezigheden", came=[ids[2]])
    his, hers = farid.get(ONE, event_key=evening.key), els.get(ONE, event_key=evening.key)

    his.submit("Bewaar de aanwezigheden", came=[ids[0], ids[2]])
    hers.submit("Bewaar de aanwezigheden", came=[ids[1]])

    ticked = farid.get(ONE, event_key=evening.key).main.select("input[checked]")
    assert {str(tag["value"]) for tag in ticked} == {ids[0], ids[1]}


def test_somebody_who_phones_is_cancelled_and_the_next_moves_up(farid: SignedIn, mailbox: Mailbox) -> None:
    evening = an_evening("Een", "Twee", "Drie")

    page = farid.get(ONE, event_key=evening.key).click("Annuleren , Een").submit("Annuleer de inschrijving").follow()

    assert "De inschrijving is geannuleerd." in page.text
    assert page.select("tbody th") == ["Twee", "Drie", "Een"]
    assert mailbox.kinds[-2:] == ["event_cancelled", "event_moved_up"]


def test_a_registration_of_another_event_is_nothing(farid: SignedIn) -> None:
    one, other = an_evening("Een"), an_evening("Twee")
    number = queries.attendance(other.id)[0].id

    farid.get("events_staff.cancel", event_key=one.key, number=number, status=404)
    farid.get(ONE, event_key="nergens", status=404)


def test_the_list_is_a_file_that_a_spreadsheet_opens_right(farid: SignedIn) -> None:
    evening = an_evening("=1+1", "Zoë")

    answer = farid.get("events_staff.attendance_file", event_key=evening.key)

    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["name", "email", "language"]
    assert [row[0] for row in rows[1:]] == ["'=1+1", "Zoë"]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t"])
def test_no_cell_is_a_formula(begin: str) -> None:
    written = rows_as_csv(["a;b"], [[begin + "x", 0, None, True, "0472"]])

    assert written.startswith(b"\xef\xbb\xbf")
    cells = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))
    assert cells == [["a;b"], ["'" + begin + "x", "0", "", "1", "0472"]]
