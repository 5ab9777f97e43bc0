"""The page that explains the API: every example on it runs, and every code is there."""

import contextlib
import io
import urllib.request
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest

from app.api.rules import EXAMPLES
from app.core.belgium.lists import LEGAL_FORMS, MUNICIPALITIES, SECTORS
from app.programmes.rules.calls import CallState
from app.programmes.rules.fitting import Stage
from tests.builders import an_enterprise
from tests.pages import PageClient, assert_budget

GUIDE = "api_public.guide"


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_every_example_of_the_page_answers(client: PageClient, content: None, lang: str) -> None:
    page = client.get(GUIDE, lang=lang)
    lines = page.select(".examples code")

    assert page.path == f"/{lang}/api"
    assert page.links(".examples a") == list(EXAMPLES.values())
    for line, path in zip(lines, EXAMPLES.values(), strict=True):
        assert line.startswith('curl "http')
        assert line.endswith(f'{path}"')
        answer = client.get_path(path).json
        assert answer.get("items") or answer.get("sectors"), path
    assert_budget(page, 1)


def test_the_program_of_the_page_runs_to_the_end(
    client: PageClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = {an_enterprise(slug=f"huis-{number}", name=f"Huis {number}").name for number in range(60)}
    program = str(client.get(GUIDE).soup.select("pre code")[0].string)

    @contextlib.contextmanager
    def answered(address: str) -> Iterator[Any]:
        parts = urlsplit(address)
        yield io.BytesIO(client.get_path(f"{parts.path}?{parts.query}").html.encode())

    monkeypatch.setattr(urllib.request, "urlopen", answered)
    exec(compile(program, "guide", "exec"), {})

    printed = capsys.readouterr().out.splitlines()
    assert {line.rpartition(" ")[0] for line in printed} == names


def test_every_code_is_explained_in_both_languages(client: PageClient) -> None:
    page = client.get(GUIDE, lang="fr")

    for key, known in (
        ("sectors", SECTORS),
        ("legal_forms", LEGAL_FORMS),
        ("municipalities", MUNICIPALITIES),
        ("states", {one.value for one in CallState}),
        ("stages", {one.value for one in Stage}),
    ):
        assert set(page.select(f"#{key} th code")) == set(known)
    assert "Alimentation et agriculture urbaine" in page.text
    assert "Voeding en stadslandbouw" in client.get(GUIDE).text


def test_the_open_data_page_leads_to_the_codes(client: PageClient) -> None:
    links = client.get("api_public.open_data").links("main a")

    assert {"/nl/api", "/nl/api#sectors", "/nl/api#legal_forms", "/nl/api#municipalities", "/nl/api#states"} <= set(
        links
    )


def test_the_short_address_leads_to_the_page_in_the_readers_language(client: PageClient) -> None:
    assert client.get_path("/api", status=302, headers={"Accept-Language": "fr"}).location == "/fr/api"
