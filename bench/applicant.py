"""An applicant without JavaScript, from the first page to the receipt."""

import html
import http.client
import re
from typing import Any
from urllib.parse import urlencode

from app.questionnaires.rules.definition import Definition
from bench.load import Connection, Request
from bench.server import Server
from bench.stock import LANGUAGE, an_address, long_answers
from tests.answers import as_fields

FORM = re.compile(r'<form class="flowform".*?</form>', re.DOTALL)
CONTROL = re.compile(r"<input\b[^>]*>")
ATTRIBUTE = re.compile(r'\b(type|name|value)="([^"]*)"')


class Refused(Exception):
    """A response that no applicant should get."""


class Applicant:
    """One browser: cookies, and the open page."""

    def __init__(self, server: Server, number: int, definition: Definition, start: str) -> None:
        self._connection = Connection(server.port)
        self._cookies: dict[str, str] = {}
        self._headers = {"X-Forwarded-For": an_address(number), "Accept": "text/html"}
        self._number, self._definition, self._start = number, definition, start
        self.requests = 0

    def apply(self) -> None:
        """Start, write every section, check, hand in, see the receipt. Raises Refused."""
        name = {"name": "Zoë Janssens", "email": f"zoe-{self._number}@example.be", "language": LANGUAGE}
        tasks = self._submit(self._start, self._open(self._start), name)
        path = f"{tasks.removesuffix('/invullen')}/deel/{self._definition.sections[0].key}"
        self._open(tasks)
        for section in self._definition.sections:
            path = self._submit(path, self._open(path), as_fields(long_answers(section)) | {"do": "save"})
        ticks = {one.key: "y" for one in self._definition.declarations if one.required}
        receipt = self._submit(path, self._open(path), ticks)
        if not receipt.endswith("/ontvangen"):
            raise Refused(f"the receipt is {receipt}")
        self._open(receipt)
        self._connection.close()

    def _open(self, path: str) -> str:
        answer, text = self._send("GET", path)
        if answer.status != http.HTTPStatus.OK:
            raise Refused(f"{answer.status} at {path}")
        return text

    def _submit(self, path: str, page: str, fields: dict[str, Any]) -> str:
        """Press the button of the page's form; returns the next address."""
        answer, _text = self._send("POST", path, hidden_fields(page) | fields)
        if answer.status != http.HTTPStatus.SEE_OTHER:
            raise Refused(f"{answer.status} after posting to {path}")
        return str(answer.getheader("Location"))

    def _send(self, method: str, path: str, fields: dict[str, Any] | None = None) -> tuple[Any, str]:
        headers = self._headers | {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        body = None
        if fields is not None:
            body = urlencode(fields, doseq=True).encode()
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            answer = self._connection.send(Request(method, path, headers, body))
        except (OSError, http.client.HTTPException) as reason:
            raise Refused(type(reason).__name__) from reason
        self.requests += 1
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer, answer.text.decode()  # type: ignore[attr-defined]


def hidden_fields(page: str) -> dict[str, str]:
    """Hidden fields of the page's form: CSRF token and revision."""
    form = FORM.search(page)
    if form is None:
        raise Refused("there is no form on the page")
    controls = [dict(ATTRIBUTE.findall(control)) for control in CONTROL.findall(form[0])]
    return {one["name"]: html.unescape(one.get("value", "")) for one in controls if one.get("type") == "hidden"}
