"""The page of components: axe finds nothing, nothing scrolls sideways, the focus is seen; each look, light and dark."""

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from app.core.db.base import db
from tests.browser.conftest import Opener, Site, _Quiet
from tests.browser.test_accessibility import look


@pytest.fixture
def site(another_app: Callable[..., Flask], content: None) -> Iterator[Site]:
    """The site as it runs on a developer's machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    found = Site(another_app(ENVIRONMENT="development", BASE_URL=f"http://127.0.0.1:{port}"))
    server = make_server("127.0.0.1", port, found.app, threaded=True, request_handler=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    db.session.commit()
    yield found
    server.shutdown()


@pytest.mark.slow("opens a browser")
@pytest.mark.parametrize("kind", ["desktop", "phone"])
def test_every_component_in_every_look(site: Site, browse: Opener, kind: str) -> None:
    page = browse(kind)

    for lang, layout in [("nl", "public"), ("fr", "applicant"), ("nl", "staff"), ("fr", "staff")]:
        look(page, f"/{lang}/_ui?look={layout}")
