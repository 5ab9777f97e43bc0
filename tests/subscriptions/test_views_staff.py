"""The team's page of subscribers: counts, lists, and removing an address for somebody who phones."""

import pytest

from app.core.audit import access_log, audit_trail
from app.core.db.base import db
from app.subscriptions import queries
from tests.builders import a_programme, both
from tests.pages import assert_budget
from tests.people import SignedIn
from tests.subscriptions.scenes import ZOE, a_request, a_subscription

SUBSCRIBERS, NEWSLETTER, CALLS = (f"subscriptions_staff.{name}" for name in ("subscribers", "newsletter", "calls"))


def test_the_team_sees_counts_per_topic_and_language(els: SignedIn) -> None:
    a_programme("seeds", title=both("Zaad", "Graines"))
    a_subscription("calls:seeds", email="a@example.be")
    a_subscription("calls:seeds", "newsletter", email="b@example.be", language="fr")
    a_subscription("calls", email="c@example.be", language="fr")
    a_request(email="d@example.be")

    page = els.get(SUBSCRIBERS)

    assert [one.text for one in page.soup.select("dl.key-figures dd")] == ["3", "1", "1"]
    assert [[cell.text for cell in row.select("th, td")] for row in page.soup.select("tbody tr")] == [
        ["De oproepen van alle programma’s", "0", "1"],
        ["Zaad", "1", "1"],
        ["De nieuwsbrief", "0", "1"],
    ]
    assert "@example.be" not in page.main.get_text()
    assert_budget(page, 9)


@pytest.mark.parametrize(("endpoint", "what"), [(NEWSLETTER, "newsletter"), (CALLS, "subscribers")])
def test_each_list_has_its_own_addresses_and_is_recorded(els: SignedIn, endpoint: str, what: str) -> None:
    a_subscription("newsletter", email="newsletter@example.be")
    a_subscription("calls:seeds", "calls:other", email="subscribers@example.be", language="fr")

    listed = els.get(endpoint).data.decode("utf-8-sig").splitlines()

    assert len(listed) == 2
    assert listed[1].startswith(f'"{what}@example.be";')
    assert listed[1].endswith('"other seeds"') is (what == "subscribers")
    assert [look.by for look in access_log.accesses_of([what])] == [els.person.ref]
    assert [one.about for one in audit_trail.latest(1, ["export.made"])] == [f"export:{what}"]


def test_somebody_who_phones_is_removed(els: SignedIn) -> None:
    ref = a_subscription().ref
    a_request(email=ZOE)

    page = els.get(SUBSCRIBERS).submit("Het adres verwijderen", email="Zoe@Example.be").follow()

    assert "Het adres is verwijderd." in page.text
    assert queries.subscription_with(ZOE) is None
    assert queries.how_many() == (0, 0)
    stopped = audit_trail.history(ref)[0]
    assert (stopped.action, stopped.by) == ("subscription.stopped", els.person.ref)
    db.session.rollback()
    page = els.get(SUBSCRIBERS).submit("Het adres verwijderen", email=ZOE).follow()
    assert "Van dit adres hebben we geen abonnement." in page.text
    els.get(SUBSCRIBERS).submit("Het adres verwijderen", email="zoe", status=422)


@pytest.mark.parametrize("who", ["daan", "farid", "amina"])
def test_only_managers_enter(request: pytest.FixtureRequest, who: str) -> None:
    client = request.getfixturevalue(who)

    for endpoint in (SUBSCRIBERS, NEWSLETTER, CALLS):
        client.get(endpoint, status=403)
