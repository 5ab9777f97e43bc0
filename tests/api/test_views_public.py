"""The interface and the open data: paging, mistakes, files, and what is never sent."""

import csv
import io
from datetime import date
from typing import Any

import pytest

from app.api.exports.meanings import MEANINGS, meaning
from app.api.rules import COLLECTIONS, columns
from tests.builders import a_call, a_programme, an_article, an_enterprise, an_event, an_indicator, both
from tests.pages import Page, PageClient, assert_budget


def items(client: PageClient, address: str) -> list[dict[str, Any]]:
    return list(client.get_path(address).json["items"])


def walk(client: PageClient, address: str, key: str) -> list[str]:
    seen = []
    while address:
        answer = client.get_path(address).json
        seen += [one[key] for one in answer["items"]]
        address = answer["next"]
    return seen


def test_calls_carry_their_state_and_moments_with_a_zone(client: PageClient) -> None:
    a_call(a_programme("seeds"), key="now")
    a_call(a_programme("peps"), key="rolling", rolling=True)

    found = {one["key"]: one for one in items(client, "/api/v1/calls")}

    assert (found["now"]["state"], found["rolling"]["state"], found["rolling"]["closes_at"]) == (
        "open",
        "rolling",
        None,
    )
    assert found["now"]["closes_at"] == "2027-02-21T11:00+01:00"
    assert found["now"]["pages"]["fr"] == client.base_url + "/fr/programmes/seeds-fr"
    assert client.get_path(found["now"]["calendar"]["nl"]).media_type == "text/calendar"


def test_a_list_is_walked_by_key_and_misses_nobody(client: PageClient) -> None:
    for number in range(7):
        an_enterprise(f"Huis {number}", slug=f"huis-{number}", sector=["food", "work"][number % 2])
        an_event(key=f"komt-{number}", in_days=1 + number // 2)
        an_event(key=f"was-{number}", in_days=-2 - number // 2)

    assert walk(client, "/api/v1/enterprises?limit=3", "slug") == [f"huis-{number}" for number in range(7)]
    assert walk(client, "/api/v1/enterprises?limit=2&sector=food", "slug") == [
        f"huis-{number}" for number in (0, 2, 4, 6)
    ]
    assert walk(client, "/api/v1/events?limit=2&when=upcoming", "key") == [f"komt-{number}" for number in range(7)]
    assert sorted(walk(client, "/api/v1/events?limit=2&when=past", "key")) == [f"was-{number}" for number in range(7)]
    assert len(walk(client, "/api/v1/events?limit=5", "key")) == 14


def test_news_comes_newest_first_and_its_links_are_whole_addresses(client: PageClient) -> None:
    for number, day in enumerate((3, 5, 5, 1, 4)):
        an_article(key=f"nieuws-{number}", published_on=date(2027, 1, day))
    linked = an_article(
        body=both(
            "Zie [Over ons](page:about) en [Huis](enterprise:huis).", "Voir [À propos](page:about) et [x](page:x)."
        ),
        published_on=date(2026, 1, 1),
        source_url="",
    )
    everything = [f"nieuws-{number}" for number in (2, 1, 4, 0, 3)] + [linked.key]

    one = client.get_path(f"/api/v1/news/{linked.key}").json

    assert walk(client, "/api/v1/news?limit=2", "key") == everything
    assert [item["key"] for item in items(client, "/api/v1/news")] == everything
    assert one["body"] == {
        "nl": f"Zie [Over ons]({client.base_url}/nl/over-ons) en [Huis]({client.base_url}/nl/ondernemingen/huis).",
        "fr": f"Voir [À propos]({client.base_url}/fr/a-propos) et x.",
    }
    assert (one["published_on"], one["source_url"]) == ("2026-01-01", None)
    assert one["pages"]["fr"] == f"{client.base_url}/fr/actualites/{linked.slug.fr}"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("enterprises?sector=zz", "sector"),
        ("enterprises?limit=0", "limit"),
        ("enterprises?limit=101", "limit"),
        ("enterprises?limit=²", "limit"),
        ("enterprises?after=", "after"),
        ("enterprises?sector=food&sector=work", "sector"),
        ("events?when=soon", "when"),
        ("news?when=past", "when"),
        ("news?limit=0", "limit"),
        ("calls?x=1", "x"),
        ("programmes/seeds?x=1", "parameters"),
        ("enterprises?municipality=1000", "municipality"),
    ],
)
def test_a_mistake_is_named(client: PageClient, query: str, named: str) -> None:
    a_programme("seeds")

    answer = client.get_path(f"/api/v1/{query}", status=400)

    assert answer.media_type == "application/problem+json"
    assert named in answer.json["detail"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/v1/nothing",
        "/api/v1/events?after=nobody",
        "/api/v1/news?after=x",
        "/api/v1/news/x",
        "/api/v1/enterprises/nobody",
        "/api/v2/x",
        "/open-data/x.csv",
    ],
)
def test_what_is_not_there_is_a_problem_in_json(client: PageClient, path: str) -> None:
    answer = client.get_path(path, status=404)

    assert (answer.media_type, answer.json["status"]) == ("application/problem+json", 404)


def test_only_reading_is_allowed_and_everybody_may_read(client: PageClient) -> None:
    answer = client.send("POST", "/api/v1/calls", data={"csrf_token": client.csrf_token()})
    assert (answer.status, answer.json["title"]) == (405, "Method Not Allowed")
    assert "GET" in answer.headers["Allow"]

    answer = PageClient(client.app).get_path("/api/v1/calls")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers
    assert PageClient(client.app).send("HEAD", "/api/v1/calls").data == b""
    assert "Access-Control-Allow-Origin" not in client.get("site_public.home").headers


def test_fabricated_rows_are_never_sent(client: PageClient) -> None:
    an_enterprise("Verzonnen", slug="verzonnen", is_rehearsal=True)
    an_event(key="verzonnen", is_rehearsal=True)
    an_enterprise("Echt", slug="echt")

    assert [one["slug"] for one in items(client, "/api/v1/enterprises")] == ["echt"]
    assert items(client, "/api/v1/events") == []
    client.get_path("/api/v1/enterprises/verzonnen", status=404)
    assert "Verzonnen" not in client.get_path("/open-data/enterprises.csv").html


def test_statements_do_not_grow_with_the_rows(client: PageClient) -> None:
    for count in (1, 3, 40):
        for number in range(count):
            a_call(a_programme(f"p{count}-{number}"))
            an_enterprise()
            an_event()
            an_indicator()
            an_article()
        for name in COLLECTIONS:
            assert_budget(client.get_path(f"/api/v1/{name}"), 4)
            assert_budget(client.get_path(f"/open-data/{name}.csv"), 4)


def table(page: Page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.data.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_both_files_of_a_set_hold_the_same_rows_under_stable_names(
    client: PageClient, content: None, name: str
) -> None:
    rows, data = table(client.get_path(f"/open-data/{name}.csv")), client.get_path(f"/open-data/{name}.json").json

    assert rows[0] == columns(name) == [field["name"] for field in data["fields"]]
    assert len(rows) - 1 == len(data["rows"]) > 0
    assert len(set(rows[0])) == len(rows[0])
    for written, row in zip(rows[1:], data["rows"], strict=True):
        for cell, column in zip(written, rows[0], strict=True):
            if isinstance(row[column], str):
                assert cell.removeprefix("'") == row[column]


def test_a_figure_is_one_row_per_value_with_its_date_and_source(client: PageClient) -> None:
    an_indicator("projects", value=136)

    header, row = table(client.get_path("/open-data/indicators.csv"))

    found = dict(zip(header, row, strict=True))
    assert (found["key"], found["value"], found["as_of"], found["source_fr"]) == (
        "projects",
        "136",
        "2021-02-24",
        "Communiqué",
    )


def test_no_cell_of_a_file_is_a_formula(client: PageClient) -> None:
    an_enterprise("=HYPERLINK(1)", pitch=both("@sum", "+1"))

    header, row = table(client.get_path("/open-data/enterprises.csv"))

    found = dict(zip(header, row, strict=True))
    assert (found["name"], found["pitch_nl"], found["pitch_fr"]) == ("'=HYPERLINK(1)", "'@sum", "'+1")


def test_every_column_is_explained_in_both_languages(client: PageClient) -> None:
    used = {column for name in COLLECTIONS for column in columns(name)}
    for column in used:
        assert meaning(column).missing() == []
        assert meaning(column).nl != meaning(column).fr, column
    assert {column.removesuffix("_nl").removesuffix("_fr") for column in used} == set(MEANINGS)


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_the_page_for_people_counts_and_explains(client: PageClient, content: None, lang: str) -> None:
    page = client.get("api_public.open_data", lang=lang)

    counted = [int(cell) for cell in page.select("tbody td.num")]
    assert counted[:3] == [5, len(items(client, "/api/v1/calls")), 13]
    assert min(counted) > 0
    assert len(page.main.select("details")) == len(COLLECTIONS)
    for address in [link for link in page.links("main a[href]") if link.startswith(("/open-data", "/api"))]:
        assert client.get_path(address).status == 200
    assert_budget(page, 2)
