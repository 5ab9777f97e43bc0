"""Reading the site: light, still, with the keyboard alone, and with the text set wider than we did."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Opener, Site, does_not_scroll_sideways
from tests.browser.test_accessibility import NARROW, PUBLIC, address_of

MOST_ON_A_FIRST_VISIT = 150_000  # bytes as they travel, with fonts and pictures
MOST_SHIFT = 0.01
MOST_STOPS = 400
WATCH_SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => { for (const entry of list.getEntries()) window.shifted += entry.value; })
  .observe({type: "layout-shift", buffered: true});
"""
# WCAG 1.4.12: what a reader may set without losing anything.
WIDER = """() => {
  const wider = new CSSStyleSheet();
  wider.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [wider];
}"""
CUT_OFF = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter(box => getComputedStyle(box).overflow === "hidden" && box.innerText?.trim())
  .filter(box => !box.closest(".visually-hidden, svg"))
  .filter(box => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1)
  .map(box => box.outerHTML.slice(0, 120))"""
FOCUSED = """() => {
  const here = document.activeElement;
  if (!here || here === document.body || here === document.documentElement) return null;
  window.stops ??= new Map();
  if (!window.stops.has(here)) window.stops.set(here, window.stops.size);
  const rings = [null, "::after"].map(part => getComputedStyle(here, part));
  const box = here.getBoundingClientRect();
  return {
    number: window.stops.get(here),
    what: here.outerHTML.slice(0, 120),
    outlined: rings.some(style => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
  };
}"""


def addresses(site: Site, lang: str) -> list[str]:
    return [address_of(site, endpoint, lang, **values) for endpoint, values in PUBLIC]


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_a_first_visit_is_light_and_nothing_moves(site: Site, browse: Opener, lang: str) -> None:
    for address in addresses(site, lang):
        page, sizes = browse("phone"), list[int]()
        page.add_init_script(WATCH_SHIFTS)
        page.on("requestfinished", lambda request, sizes=sizes: sizes.append(request.sizes()["responseBodySize"]))
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => true)")

        assert page.evaluate("window.shifted") <= MOST_SHIFT, address
        assert 10_000 < sum(sizes) <= MOST_ON_A_FIRST_VISIT, f"{address}: {sum(sizes)} bytes"
        page.context.close()


@pytest.mark.parametrize("lang", ["nl", "fr"])
def test_text_may_be_set_wider(site: Site, browse: Opener, lang: str) -> None:
    page = browse("desktop", viewport=NARROW)
    for address in addresses(site, lang):
        page.goto(address)
        page.evaluate(WIDER)

        does_not_scroll_sideways(page)
        assert page.evaluate(CUT_OFF) == [], address


@pytest.mark.parametrize("kind", ["desktop", "dark phone"])
def test_the_keyboard_reaches_everything_and_is_seen(site: Site, browse: Opener, kind: str) -> None:
    page = browse(kind)
    for address in addresses(site, "fr"):
        page.goto(address)
        walk_with_the_keyboard(page)


def walk_with_the_keyboard(page: Page) -> None:
    """From the first stop to the last: each one in sight and outlined, none visited twice."""
    expected = 0
    while expected < MOST_STOPS:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (expected and stop["number"] == 0):
            break  # past the last one: the browser's own bar, or the first one again
        assert stop["number"] == expected, f"{page.url} goes round in circles at {stop['what']}"
        assert stop["outlined"], f"{page.url}: focus is not seen on {stop['what']}"
        assert stop["seen"], f"{page.url}: focus is out of sight on {stop['what']}"
        expected += 1
    assert 5 < expected < MOST_STOPS, f"{page.url}: {expected} stops"
