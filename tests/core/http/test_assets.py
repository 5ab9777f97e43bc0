"""Static files: one name per content, small beforehand, built once and only when something changed."""

import gzip
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from flask import Flask

from app.core.http import assets
from app.core.i18n.bilingual import LOCALES
from config import ROOT
from tests.pages import PageClient

CSS = ROOT / "static" / "css"
LAYERS = sorted({layer for layers in assets.BUNDLES.values() for layer in layers})
HASHED = re.compile(r"/static/build/[\w/-]+\.[0-9a-f]{8}\.\w+")
WEEKS_AGO = time.time() - 3 * assets.KEPT_SECONDS
HOME_LIMIT, APPLY_LIMIT, SCRIPT_LIMIT, FONT_LIMIT = 14_000, 12_000, 2_048, 45_000


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A small tree of sources: every layer, a font, a script, an icon."""
    place = tmp_path / "static"
    for folder in ("css/ui", "fonts", "js"):
        (place / folder).mkdir(parents=True)
    for layer in LAYERS:
        (place / "css" / f"{layer}.css").write_text(f"/* note */\n.{Path(layer).name} {{ color: red; }}\n")
    (place / "css" / "tokens.css").write_text('@font-face { src: url(../fonts/sans.woff2) format("woff2"); }')
    (place / "fonts" / "sans.woff2").write_bytes(b"wOF2 sans")
    (place / "js" / "apply.js").write_text("// counts\n")
    (place / "favicon.svg").write_text("<svg/>")
    return place


def built(static: Path) -> dict[str, str]:
    return assets.build(static, static / "build")


def test_a_bundle_holds_its_layers_in_order_and_minified(static: Path) -> None:
    names = built(static)

    text = (static / "build" / names["apply.css"]).read_text()

    assert "note" not in text
    assert re.findall(r"\.(base|components|public|apply)\{", text) == ["base", "components", "public", "apply"]


@pytest.mark.parametrize(
    ("written", "served"),
    [
        ("@layer x{.foot :focus{a: b}}", "@layer x{.foot *:focus{a:b}}"),
        ("@layer x{.t :is(th,td):hover{a : b}}", "@layer x{.t *:is(th,td):hover{a:b}}"),
        ("@layer x{.a > :is(b){c: d}\n  .x:hover{e: f}}", "@layer x{.a>:is(b){c:d}.x:hover{e:f}}"),
        ("@media print{\n  :root{a: b}}", "@media print{:root{a:b}}"),
    ],
)
def test_minified_styles_mean_the_same(written: str, served: str) -> None:
    assert assets.minified(written) == served


def test_a_font_is_asked_for_by_its_name_after_content(static: Path) -> None:
    names = built(static)

    text = (static / "build" / names["public.css"]).read_text()

    assert f"url(/static/build/{names['fonts/sans.woff2']})" in text
    assert assets.NAMED_AFTER_CONTENT.match(names["fonts/sans.woff2"])


def test_texts_have_compressed_twins_and_fonts_do_not(static: Path) -> None:
    names = built(static)

    for name in ("public.css", "js/apply.js", "favicon.svg"):
        place = static / "build" / names[name]
        assert brotli.decompress(place.with_name(place.name + ".br").read_bytes()) == place.read_bytes()
        assert gzip.decompress(place.with_name(place.name + ".gz").read_bytes()) == place.read_bytes()
    assert not list((static / "build" / "fonts").glob("*.woff2.*"))


def test_another_content_gets_another_name(static: Path) -> None:
    before = built(static)
    (static / "css" / "apply.css").write_text(".apply { color: blue; }")

    after = built(static)

    assert {name for name in before if before[name] != after[name]} == {"", "apply.css", "sheet.css", "staff.css"}


def test_unchanged_sources_are_not_built_again(static: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = built(static)

    monkeypatch.setattr(assets, "_write", None)  # whoever writes now, fails

    assert built(static) == names


def test_files_of_the_last_build_stay_a_week(static: Path) -> None:
    first = built(static)["apply.css"]
    (static / "css" / "apply.css").write_text(".apply { color: blue; }")
    second = built(static)["apply.css"]
    assert (static / "build" / first).exists()
    for place in (static / "build").glob("*.css*"):
        os.utime(place, (WEEKS_AGO, WEEKS_AGO))
    (static / "js" / "apply.js").write_text("// counts better\n")

    built(static)

    assert not list((static / "build").glob(f"{first}*"))
    assert (static / "build" / second).exists()


def test_a_missing_name_is_an_error_and_not_an_empty_address(app: Flask) -> None:
    with pytest.raises(KeyError):
        app.jinja_env.globals["asset"]("no-such.css")


def test_every_layer_is_in_a_bundle() -> None:
    assert {place.relative_to(CSS).with_suffix("").as_posix() for place in CSS.rglob("*.css")} == set(LAYERS)


def test_files_are_kept_for_a_year_and_compressed(client: PageClient) -> None:
    home = client.get("site_public.home")

    for address in sorted(set(HASHED.findall(home.html))):
        with client.browser.get(address, headers={"Accept-Encoding": "br"}) as answer:
            assert answer.status_code == 200
            assert "immutable" in answer.headers["Cache-Control"]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers.get("Content-Encoding") == (None if address.endswith("woff2") else "br")


def size(name: str, names: dict[str, str]) -> int:
    return (ROOT / "static" / "build" / f"{names[name]}.br").stat().st_size


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("lang", LOCALES)
def test_the_home_page_with_its_css_is_light(client: PageClient, lang: str) -> None:
    names = assets.build(ROOT / "static", ROOT / "static" / "build")

    answer = client.browser.get(f"/{lang}/", headers={"Accept-Encoding": "br"})

    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) + size("public.css", names) + size("print.css", names) <= HOME_LIMIT


def test_scripts_and_fonts_keep_to_their_budget() -> None:
    names = assets.build(ROOT / "static", ROOT / "static" / "build")

    fonts = sum(place.stat().st_size for place in (ROOT / "static" / "fonts").glob("*.woff2"))

    assert [name for name in names if name.endswith(".js") and size(name, names) > SCRIPT_LIMIT] == []
    assert size("apply.css", names) <= APPLY_LIMIT
    assert fonts <= FONT_LIMIT


def test_an_application_finds_its_files_built(another_app: Callable[..., Flask]) -> None:
    address = another_app().jinja_env.globals["asset"]("public.css")

    assert HASHED.fullmatch(address)


def test_every_share_of_a_bar_has_its_style() -> None:
    """`value-37` and `mark-37` carry a share from the data into a bar; a class without a rule leaves the bar empty."""
    styles = (ROOT / "static" / "css" / "values.css").read_text()

    rules = [f".{kind}-{n}{{--{kind}:{n}}}" for kind in ("value", "mark") for n in range(101)]
    assert [rule for rule in rules if rule not in styles] == []
