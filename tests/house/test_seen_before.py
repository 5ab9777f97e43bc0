"""An answer that was found without a fault need not be looked at again; one that differs in a sign is."""

from typing import Any

import pytest

from tests import inspection
from tests.pages import PageClient


def test_the_very_same_answer_is_inspected_once(client: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def note(page: Any) -> Any:
        looked.append(page.path)
        return iter(())

    monkeypatch.setitem(inspection.CHECKS, "structure", note)
    monkeypatch.setattr(inspection, "_sound", set())
    page = client.send("GET", "/nl/aanmelden")
    inspection.issues(page)
    inspection.issues(client.send("GET", "/nl/aanmelden"))
    assert looked == ["/nl/aanmelden"]

    page.html = page.html.replace("<h1", '<h1 class="x"', 1)
    inspection.issues(page)
    inspection.issues(client.send("GET", "/fr/connexion"))

    assert looked == ["/nl/aanmelden", "/nl/aanmelden", "/fr/connexion"]
