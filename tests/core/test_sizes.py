"""The limits on uploads agree with each other, and with the sentence that names them."""

from flask import Flask

from app.core import sizes
from app.core.http import errorpages, gateway


def test_one_limit_for_gateway_application_and_form(app: Flask) -> None:
    assert gateway.Limits().announced == app.config["MAX_CONTENT_LENGTH"] == sizes.MAX_BODY
    assert sizes.MAX_FILE < sizes.MAX_FILES_TOGETHER < sizes.MAX_BODY


def test_the_error_page_names_the_limits(app: Flask) -> None:
    with app.test_request_context("/nl/"):
        _title, sentence = errorpages.words(413)

    assert f"{sizes.MAX_FILE // sizes.MEGABYTE} MB" in sentence.replace("\u00a0", " ")
    assert f"{sizes.MAX_BODY // sizes.MEGABYTE} MB" in sentence.replace("\u00a0", " ")
