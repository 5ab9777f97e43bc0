"""One answer of the site, as tests read it: words, links, problems, forms to fill in and send."""

import json
from collections import defaultdict
from collections.abc import Collection
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urldefrag, urlencode, urljoin

from bs4 import BeautifulSoup, Tag
from werkzeug.wrappers import Response

from tests import inspection
from tests.forms import Sent, filled
from tests.html import Text, parse, texts, words

if TYPE_CHECKING:
    from tests.pages import PageClient


class Page:
    """One answer."""

    def __init__(
        self, client: "PageClient", answer: Response, *, path: str, method: str, statements: list[str]
    ) -> None:
        self.client, self.path, self.method, self.statements = client, path, method, statements
        self.status, self.headers, self.data = answer.status_code, answer.headers, answer.get_data()
        self.media_type = answer.mimetype or ""
        readable = not 300 <= self.status < 400 and "Content-Encoding" not in self.headers
        self.is_html = self.media_type == "text/html" and readable
        self.html = self.data.decode("utf-8") if self.is_html else self.data.decode("utf-8", "replace")
        self.endpoint = client.endpoint_of(path, method)
        answer.close()

    @cached_property
    def _parsed(self) -> tuple[BeautifulSoup, list[str]]:
        return parse(self.html if self.is_html else "")

    @property
    def soup(self) -> BeautifulSoup:
        """The tree of the page."""
        return self._parsed[0]

    @cached_property
    def tags(self) -> list[Tag]:
        """Every tag in its order."""
        return self.soup.find_all(True)

    @cached_property
    def _by_name(self) -> dict[str, list[Tag]]:
        found = defaultdict(list)
        for tag in self.tags:
            found[tag.name].append(tag)
        return found

    def named(self, *names: str) -> list[Tag]:
        """Every tag of these names, name by name: one walk serves all checks, where each CSS selector is a walk."""
        return [tag for name in names for tag in self._by_name.get(name, ())]

    @cached_property
    def texts(self) -> list[Text]:
        """Every visible piece of text."""
        return texts(self.soup)

    @property
    def parse_errors(self) -> list[str]:
        """What is wrong with the source."""
        return self._parsed[1]

    @property
    def text(self) -> str:
        """What can be read on the page, in its order, with single spaces (hard spaces stay)."""
        return words(self.soup) if self.is_html else self.html

    @property
    def main(self) -> Tag:
        """The page without its frame."""
        found = self.soup.find("main")
        assert isinstance(found, Tag), "the page has no main"
        return found

    @property
    def title(self) -> str:
        """The text of `<title>`."""
        return self.soup.title.get_text() if self.soup.title else ""

    @property
    def h1(self) -> str:
        """The words of the main heading."""
        return words(self.soup.h1) if self.soup.h1 else ""

    @property
    def lang(self) -> str:
        """nl or fr, as the page says."""
        return str(self.soup.html.get("lang", ""))[:2] if self.soup.html else ""

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return urljoin(self.path, self.headers.get("Location", ""))

    @property
    def json(self) -> Any:
        """The answer as data."""
        return json.loads(self.data)

    @property
    def problems(self) -> list[str]:
        """The sentences of the error summary."""
        return [words(link) for link in self.soup.select(inspection.ERROR_SUMMARY + " a")]

    def select(self, selector: str) -> list[str]:
        """The words of every element that a CSS selector finds."""
        return [words(tag) for tag in self.soup.select(selector)]

    def links(self, selector: str = "a[href]") -> list[str]:
        """The addresses of the links, in order."""
        return [str(tag["href"]) for tag in self.soup.select(selector)]

    def value(self, name: str) -> Any:
        """What the control of this name would send: a text, a list of texts, or None."""
        for form in self.soup.find_all("form"):
            sent = filled(form, None, {}).fields.get(name)
            if sent is not None:
                return sent[0] if len(sent) == 1 else sent
        return None

    def follow(self, *, status: int = 200, skip: Collection[str] = ()) -> "Page":
        """Go where the redirect leads."""
        assert 300 <= self.status < 400, f"{self.path} answered {self.status}, no redirect"
        return self.client.get_path(self.location, status=status, skip=skip)

    def click(self, label: str, *, status: int = 200, skip: Collection[str] = ()) -> "Page":
        """Follow the link with these words."""
        found = [tag for tag in self.soup.select("a[href]") if words(tag) == label]
        assert found, f"no link “{label}” on {self.path}; there are {[words(tag) for tag in self.soup.select('a')]}"
        return self.client.get_path(urljoin(self.path, str(found[0]["href"])), status=status, skip=skip)

    def submit(
        self,
        button: str | None = None,
        *,
        form: str | None = None,
        status: int = 303,
        skip: Collection[str] = (),
        **fields: Any,
    ) -> "Page":
        """Fill in the form of this page and press a button (its words or its `name=value`), as a browser does.

        Fields: a text, a list for several, None to leave the control out, `(io.BytesIO(…), "name.pdf")` for a file.
        Which form: the one with this button, or the one that the CSS selector `form` finds, or the only one in main.
        The selector may also find the button itself: `form="[formaction$=stap]"`, on a page that is one form.
        """
        itself = self.soup.select_one(form) if form else None
        if itself is not None and itself.name == "button":
            button, form = words(itself), None
        sent = filled(self.form_for(button, form), button, fields)
        return self.client.open(sent.method, self._address(sent), status=status, skip=skip, **_body(sent))

    def form_for(self, button: str | None, selector: str | None) -> Tag:
        """The form that is meant."""
        forms = self.soup.select(selector) if selector else self.soup.select("main form") or self.soup.select("form")
        if button:
            every = forms if selector else self.soup.select("form")
            forms = [form for form in every if any(is_called(tag, button) for tag in form.select("button"))]
        assert forms, f"no form {selector or ''} with the button “{button}” on {self.path}; {self.buttons()}"
        assert len(forms) == 1 or button or selector, f"several forms on {self.path}: say which; {self.buttons()}"
        return forms[0]

    def buttons(self) -> list[str]:
        """The words of every button."""
        return [words(tag) for tag in self.soup.select("button")]

    def hint(self) -> str:
        """A few words of the answer for a failure message."""
        where = f" → {self.location}" if self.headers.get("Location") else ""
        said = self.problems or [self.h1] if self.is_html else [self.html[:200]]
        return f"{where} ({'; '.join(said)})"

    def _address(self, sent: Sent) -> str:
        address = urldefrag(urljoin(self.path, sent.action))[0]
        if sent.method == "GET":
            return f"{address.partition('?')[0]}?{urlencode(sent.fields, doseq=True)}"
        return address


def is_called(button: Tag, name: str) -> bool:
    """Does the button carry these words, or this `name=value`?"""
    return words(button) == name or f"{button.get('name')}={button.get('value')}" == name


def assert_budget(page: Page, most: int) -> None:
    """The page asked the database at most so many questions."""
    asked = len(page.statements)
    assert asked <= most, f"{page.path}: {asked} statements, at most {most}:\n" + "\n".join(page.statements)


def _body(sent: Sent) -> dict[str, Any]:
    if sent.method == "GET":
        return {}
    files = {name: value for name, value in sent.files.items() if value}
    return {"data": sent.fields | files, "content_type": sent.encoding}
