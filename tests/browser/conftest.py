"""A real browser on the real site: Debian's Chromium, a live server with the starting content, a watched console."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, Request, expect, sync_playwright
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from app.core.db.base import db

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PHONE = {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
DESKTOP = {"viewport": {"width": 1440, "height": 900}}
KINDS: dict[str, dict[str, Any]] = {
    "phone": PHONE,
    "desktop": DESKTOP,
    "dark": DESKTOP | {"color_scheme": "dark"},
    "dark phone": PHONE | {"color_scheme": "dark"},
    "without javascript": DESKTOP | {"java_script_enabled": False},
    "phone without javascript": PHONE | {"java_script_enabled": False},
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
RUN_AXE = """async (only) => {
  const found = await axe.run(document, {runOnly: only, resultTypes: ["violations"]});
  return found.violations.flatMap(rule =>
    rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.html.slice(0, 160)}`));
}"""
# A focus ring is an outline of 2 px or more on the element, on its ::after (a whole row) or on its label, with a
# contrast of 3:1 to the first opaque background under it (WCAG 2.4.13 and 1.4.11).
UNSEEN_FOCUS = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
  const dots = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  };
  const light = (colour) => {
    const linear = (part) => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4;
    const [r, g, b] = [...dots(colour)].map((part) => linear(part / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (one, other) => {
    const [a, b] = [light(one), light(other)].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  };
  const ground = (element) => {
    for (let here = element; here; here = here.parentElement) {
      const colour = getComputedStyle(here).backgroundColor;
      if (dots(colour)[3] === 255) return colour;
    }
    return getComputedStyle(document.documentElement).colorScheme.startsWith("dark") ? "black" : "white";
  };
  const seen = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const under = parseFloat(style.outlineOffset) < 0 ? element : element.parentElement ?? element;
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      && contrast(style.outlineColor, ground(under)) >= 3;
  };
  const reached = (one) => !one.disabled && one.tabIndex >= 0 && one.type !== "hidden"
    && one.checkVisibility({visibilityProperty: true});
  const controls = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const stops = [...document.querySelectorAll(controls)].filter(reached);
  return stops.filter((one) => {
    one.focus({focusVisible: true, preventScroll: true});
    const near = [one, one.nextElementSibling, one.closest("label")].filter(Boolean);
    return document.activeElement === one && !near.some((here) => seen(here, null) || seen(here, "::after"));
  }).map((one) => one.outerHTML.slice(0, 140));
}"""
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser")
PATIENCE = 30_000  # milliseconds, for a machine that others use too

_servers: dict[str, BaseWSGIServer] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever stands in this folder opens a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing: the application has its own log."""


class Site:
    """The site as a browser reaches it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.url = str(app.config["BASE_URL"])

    def address(self, path: str) -> str:
        """The full address of a path; an address of a letter stays as it is."""
        return path if path.startswith(self.url) else self.url + path


@pytest.fixture
def site(app: Flask, content: None) -> Site:
    """The live site on the test's own database, with the starting content; the test's clock is the server's clock."""
    found = Site(app)
    if found.url not in _servers:
        parts = urlsplit(found.url)
        server = make_server(str(parts.hostname), int(parts.port or 80), app, threaded=True, request_handler=_Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        _servers[found.url] = server
    db.session.commit()
    return found


_open = ExitStack()  # the browser of this process, while tests need one
_browsers: list[Browser] = []


@pytest.fixture
def chromium() -> Browser:
    """The browser: $CHROMIUM, or the one of the system. Started once; each window is a person of its own."""
    place = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if not place:
        pytest.skip("there is no Chromium: install it, or name it in CHROMIUM")
    if not _browsers:
        expect.set_options(timeout=PATIENCE)
        playwright = _open.enter_context(sync_playwright())
        _browsers.append(playwright.chromium.launch(executable_path=place, args=list(FLAGS)))
        _open.callback(_close)
    return _browsers[0]


def _close() -> None:
    _browsers.pop().close()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(nextitem: pytest.Item | None) -> None:
    """Close the browser when the next test needs none: waiting costs it a tenth of a core."""
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        _open.close()


class Watch:
    """What a person would see in the console, and where the page tried to go."""

    def __init__(self, context: BrowserContext, site: Site, *, troubled: bool = False) -> None:
        self.site, self.issues, self._documents, self._troubled = site, list[str](), set[str](), troubled
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("console", self._console)
        context.on("weberror", lambda error: self.issues.append(f"script error: {error.error}"))

    def _request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._documents.add(request.url)
        if not request.url.startswith((self.site.url, "about:", "data:", "blob:")):
            self.issues.append(f"a request to another host: {request.url}")

    def _failed(self, request: Request) -> None:
        left = "ERR_ABORTED" in (request.failure or "")  # a page that was left, or a download
        if not left and not self._troubled:
            self.issues.append(f"{request.url}: {request.failure}")

    def _console(self, message: ConsoleMessage) -> None:
        refused = message.location["url"] in self._documents  # a page that answers 404 or 422 is meant to
        if self._troubled and message.text.startswith("Failed to load resource"):
            return
        if message.type in ("error", "warning") and not refused:
            self.issues.append(f"console {message.type}: {message.text}")


Opener = Callable[..., Page]


@pytest.fixture
def browse(chromium: Browser, site: Site) -> Iterator[Opener]:
    """Opens a window: `browse("phone")`, see KINDS. At the end nothing may stand in any console.

    `troubled=True`: the test takes the connection away, so that requests may fail; scripts may not.
    """
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_window(kind: str = "desktop", *, troubled: bool = False, **more: Any) -> Page:
        language = {"locale": "nl-BE", "timezone_id": "Europe/Brussels"}
        context = chromium.new_context(base_url=site.url, **(KINDS[kind] | language | more))
        context.set_default_timeout(PATIENCE)
        opened.append((context, Watch(context, site, troubled=troubled)))
        return context.new_page()

    yield open_window
    issues = []
    for context, watch in opened:
        context.close()
        issues += watch.issues
    assert issues == []


@pytest.fixture
def phone(browse: Opener) -> Page:
    """360 × 780."""
    return browse("phone")


@pytest.fixture
def desktop(browse: Opener) -> Page:
    """1440 × 900."""
    return browse("desktop")


@pytest.fixture
def dark(browse: Opener) -> Page:
    """1440 × 900, by a person who prefers dark colours."""
    return browse("dark")


@pytest.fixture
def without_javascript(browse: Opener) -> Page:
    """1440 × 900, scripts switched off."""
    return browse("without javascript")


def press(control: Locator) -> None:
    """Click what leads to another page, and wait for that page: a click alone may come back before it."""
    with control.page.expect_navigation():
        control.click()


def axe_finds(page: Page, *rules: str) -> list[str]:
    """What axe says about WCAG 2.2 A and AA, and about what it calls best practice; or only by these rules."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return list(page.evaluate(RUN_AXE, list(rules) or WCAG))


def no_axe_violations(page: Page, *rules: str) -> None:
    """axe finds nothing."""
    seen = axe_finds(page, *rules)
    assert seen == [], f"{page.url}:\n" + "\n".join(seen)


def in_the_dark(page: Page, *looks: Callable[[Page], None]) -> None:
    """Look at the page as it stands with the colours of the dark, without asking for it again.

    With less motion, so that every colour changes at once: an unfinished transition has no colour to measure.
    """
    page.evaluate("document.activeElement?.blur()")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    for look in looks:
        look(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")


def no_axe_violations_in_both_themes(page: Page) -> None:
    """axe finds nothing; what differs in the dark are colours, so that contrast is what it measures there."""
    no_axe_violations(page)
    in_the_dark(page, lambda dark: no_axe_violations(dark, "color-contrast"))


def unseen_focus(page: Page) -> list[str]:
    """The stops of the keyboard that do not show that they have the focus."""
    return list(page.evaluate(UNSEEN_FOCUS))


def focus_is_seen(page: Page) -> None:
    """Every stop of the keyboard shows that it has the focus."""
    unseen = unseen_focus(page)
    assert unseen == [], f"{page.url}: focus is not seen on\n" + "\n".join(unseen)


def too_wide(page: Page) -> int:
    """How many pixels stick out of the window."""
    return max(0, page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def does_not_scroll_sideways(page: Page) -> None:
    """Nothing sticks out of the window."""
    wide = too_wide(page)
    assert wide == 0, f"{page.url} is {wide} px too wide"


def kept(page: Page, name: str) -> None:
    """A picture for who wants to look: SCREENSHOTS=folder."""
    folder = os.environ.get("SCREENSHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """`axe(page)` fails where axe finds anything."""
    return no_axe_violations


@pytest.fixture
def fits() -> Callable[[Page], None]:
    """`fits(page)` fails where a page scrolls sideways."""
    return does_not_scroll_sideways
