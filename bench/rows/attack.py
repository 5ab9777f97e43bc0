"""Writing while hostile uploads, endless texts and stalled bodies come in; visitors beside slow connections."""

import http.client
import io
import itertools
import json
import multiprocessing
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from urllib.parse import urlencode

from bench import attackers
from bench.bench import DATABASES, Bench
from bench.figures import Figure, in_rounds
from bench.load import Connection, Request, Seen
from bench.site import Site
from bench.stock import Draft, an_address, drafts

SECONDS, ROUNDS = 8.0, 3
WRITERS, PAUSE = 16, 0.25  # far below the limit of saves per person
UPLOADERS, ENDLESS, STALLED = 2, 1, 40
HAND_IN_EVERY = 20  # saves
HAND_INS = ROUNDS * 2 * WRITERS * int(SECONDS / PAUSE / HAND_IN_EVERY + 1)
SLOW, SLOW_SECONDS = 400, 30.0
FIELD, SECTION, UPLOADS, FILES = "need", "purpose", "practical", "attachments"
TEXT_WITHOUT_END = 1_900_000
MEGABYTES_12 = 12_000_000

_addresses = itertools.count(5_000_000)


class Crowd:
    """The people and the attackers of one site."""

    def __init__(self, site: Site) -> None:
        self.site = site
        made = drafts(site, WRITERS + UPLOADERS + ENDLESS + HAND_INS)
        self.writers = [Writer(one) for one in made[:WRITERS]]
        self.hostile = made[WRITERS : WRITERS + UPLOADERS + ENDLESS]
        self.complete = made[WRITERS + UPLOADERS + ENDLESS :]

    def write(self, *, attacked: bool) -> Seen:
        """Let everybody write for some seconds, with or without attackers around."""
        seen, over = Seen(), threading.Event()
        attack = multiprocessing.get_context("fork").Process(target=self._attack, daemon=True)
        if attacked:
            attack.start()
        threads = [
            threading.Thread(target=self._write, args=(one, number * PAUSE / WRITERS, seen, over), daemon=True)
            for number, one in enumerate(self.writers)
        ]
        for thread in threads:
            thread.start()
        time.sleep(SECONDS)
        over.set()
        for thread in threads:
            thread.join()
        if attacked:
            attack.kill()
            attack.join()
        self.site.server.rest()
        return seen

    def _write(self, writer: "Writer", after: float, seen: Seen, over: threading.Event) -> None:
        connection = Connection(self.site.server.port)
        over.wait(after)
        for number in itertools.count(1):
            if over.wait(PAUSE):
                break
            hands_in = number % HAND_IN_EVERY == 0
            request = self.complete.pop().handing_in() if hands_in else writer.saving(number)
            begun = time.perf_counter()
            answer = connection.send(request)
            if answer.status == request.expected:
                seen.times.append(time.perf_counter() - begun)
                writer.heard(b"" if hands_in else answer.text)  # type: ignore[attr-defined]
            else:
                seen.failures.append(f"{answer.status} at {request.path}")
        connection.close()

    def _attack(self) -> None:
        """All attackers, in a process that gives way: in the world they have machines of their own."""
        os.nice(19)
        requests = [_hostile_upload(one) for one in self.hostile[:UPLOADERS]]
        requests += [_endless_text(one) for one in self.hostile[UPLOADERS:]]
        for request in requests:
            threading.Thread(target=self._send_again_and_again, args=(request,), daemon=True).start()
        attackers.hold("bodies", self.site.server.port, attackers=STALLED, seconds=2 * SECONDS)

    def _send_again_and_again(self, request: Request) -> None:
        connection = Connection(self.site.server.port)
        while True:
            fresh = request.headers | {"X-Forwarded-For": an_address(next(_addresses))}
            try:
                connection.send(Request(request.method, request.path, fresh, request.body))
            except (OSError, http.client.HTTPException):
                connection.close()


class Writer:
    """Somebody whose page saves by itself."""

    def __init__(self, draft: Draft) -> None:
        self._draft, self._revision = draft, 1

    def saving(self, number: int) -> Request:
        """What the script of the page sends."""
        fields = {
            "csrf_token": self._draft.token,
            "revision": self._revision,
            FIELD: f"Wij schrijven verder, {number}.",
        }
        return _form(self._draft, f"/deel/{SECTION}/bewaren", urlencode(fields).encode())

    def heard(self, text: bytes) -> None:
        """The page remembers which text it saved."""
        if text:
            self._revision = json.loads(text)["revision"]


def measure(bench: Bench) -> Iterator[Figure]:
    """PERFORMANCE row 23, QUALITY rows 17 and 18."""
    for database in DATABASES:
        crowd = Crowd(bench.site(database))
        found = in_rounds({name: partial(crowd.write, attacked=name == "attacked") for name in ("quiet", "attacked")})
        quiet, attacked = (sum(found[name], Seen()) for name in ("quiet", "attacked"))
        who = f"{database}, {WRITERS} writers under attack"
        yield Figure(
            "23",
            f"{who}: failures of {len(attacked.times)}",
            len(attacked.failures),
            most=0,
            beside="; ".join(attacked.failures[:1]),
        )
        yield Figure(
            "23",
            f"{who}: p99 against quiet",
            attacked.ms(99) / quiet.ms(99),
            "x",
            most=1.2,
            beside=f"{attacked.ms(99):.0f} ms, {quiet.ms(99):.0f} ms; p50 {attacked.ms(50):.0f} ms,"
            f" {quiet.ms(50):.0f} ms",
        )
    port = bench.site("sqlite").server.port
    alone = attackers.visits_beside("idle", port, "/nl/", attackers=0, seconds=SECONDS)
    for kind in attackers.KINDS_OF_HOLDING:
        seen = attackers.visits_beside(kind, port, "/nl/", attackers=SLOW, seconds=SLOW_SECONDS)
        yield Figure(
            "Q17",
            f"{SLOW} slow {kind}: visitors served",
            seen.served * 100,
            "%",
            least=99,
            beside=f"{len(seen.times)} of {len(seen.times) + seen.failures}",
        )
        yield Figure(
            "Q17", f"{SLOW} slow {kind}: p95 of a visitor", seen.p95, "s", most=0.5, beside=f"alone {alone.p95:.2f} s"
        )
    yield from _oversized_bodies(port)


def _oversized_bodies(port: int) -> Iterator[Figure]:
    for name, head in _oversized().items():
        sent, answer = attackers.bytes_until_refused(port, head, most=4 * MEGABYTES_12)
        refusal = answer.decode("ascii", "replace")
        yield Figure("Q18", f"{name}: MB sent before it was refused", sent / 1_000_000, most=12, beside=refusal)


def _oversized() -> dict[str, bytes]:
    start = b"POST /nl/aanmelden HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    return {
        "chunked body without end": start + b"Transfer-Encoding: chunked\r\n\r\n",
        "announced 300 MB": start + b"Content-Length: 300000000\r\n\r\n",
        "two lengths": start + b"Content-Length: 5\r\nContent-Length: 50000000\r\n\r\n",
        "header without end": b"GET /nl/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: ",
        "address without end": b"GET /nl/",
    }


def _form(draft: Draft, page: str, body: bytes, kind: str = "application/x-www-form-urlencoded") -> Request:
    headers = draft.headers | {"Content-Type": kind, "X-Forwarded-For": an_address(next(_addresses))}
    return Request("POST", f"/nl/mijn-dossier/{draft.key}{page}", headers, body)


def _hostile_upload(draft: Draft) -> Request:
    """Three text documents of some hundred kilobytes that are 38 MB of small elements each."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("word/document.xml", b"<w>" + b"<p a='1'/>" * 3_800_000 + b"</w>")
    fields = [("csrf_token", draft.token, b""), ("do", "save", b"")]
    fields += [(FILES, f"{number}.docx", packed.getvalue()) for number in range(3)]
    body = b""
    for name, value, content in fields:
        body += f'--xx\r\nContent-Disposition: form-data; name="{name}"'.encode()
        body += f'; filename="{value}"\r\n\r\n'.encode() + content if content else f"\r\n\r\n{value}".encode()
        body += b"\r\n"
    return _form(draft, f"/deel/{UPLOADS}", body + b"--xx--\r\n", "multipart/form-data; boundary=xx")


def _endless_text(draft: Draft) -> Request:
    """A text of almost two megabytes, saved again and again."""
    fields = {"csrf_token": draft.token, "revision": 1, FIELD: "x" * TEXT_WITHOUT_END}
    return _form(draft, f"/deel/{SECTION}/bewaren", urlencode(fields).encode())
