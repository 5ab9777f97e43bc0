"""Addresses in the words of letters: each trick by which words lead to another site is seen, ordinary words are not."""

import pytest
from flask import Flask

from app.core.i18n.addresses import mailed_address
from app.core.i18n.bilingual import LOCALES
from app.mail.rules.links import foreign_addresses, without_keys

OWN = "www.coopcity.example"


@pytest.mark.parametrize(
    "words",
    [
        "http://evil.example/nl",
        "HTTPS://EVIL.EXAMPLE",
        "//evil.example/x",
        "https:evil.example",
        "https:/evil.example",
        "https:\\\\evil.example",
        "hxxp://evil.example",
        "ftp://evil.example",
        f"https://{OWN}@evil.example/",
        f"https://{OWN}:443@evil.example",
        f"https://{OWN}.evil.example",
        f"https://{OWN}\\@evil.example",
        f"https://{OWN}:81/",
        f"https://{OWN}{{name}}",
        "https://{url}",
        "//{url}",
        "https://www.сoopcity.example/",
        "https://xn--80ak6aa92e.com",
        "evil。example/x",
        "ev\u200bil.example",
        "evil.example",
        "www.evil.example",
        "evil.example:8080",
        "1.2.3.4/x",
        "zoe@evil.example/aanmelden",
        f"[hier](https://{OWN}/)",
        "[hier][1]",
        f"\n[1]: https://{OWN}/",
        f"<a href=https://{OWN}/>",
        "&lt;a href=x>",
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
    ],
)
def test_a_way_to_another_site_is_seen(words: str) -> None:
    assert foreign_addresses(f"Kom naar {words} voor je link.", OWN)


@pytest.mark.parametrize(
    "words",
    [
        f"Kijk op https://{OWN}/nl/mijn-dossier.",
        f"HTTPS://{OWN.upper()}/fr/",
        f"{OWN}/nl",
        "en/of",
        "{url}",
        "Om 12.00 uur, van 18.30 tot 20.30 uur.",
        "Tel. 02.123.45.67 (S.A., d.w.z. o.a.)",
        "Let op: dit is alles.",
        "Écrivez à info@coopcity.example.",
        "à 12\u00a0h\u00a000\u00a0: « venez »",
        "Prijs < 150 euro",
    ],
)
def test_ordinary_words_and_our_own_pages_are_not(words: str) -> None:
    assert foreign_addresses(words, OWN) == []


def test_the_key_is_hidden_in_every_language(app: Flask) -> None:
    for code in LOCALES:
        address = mailed_address("accounts_public.open_link", lang=code, token="Geheim-123")

        assert "Geheim" not in without_keys(f"Open: {address} nu")
        assert without_keys(address) == address.replace("Geheim-123", "…")
