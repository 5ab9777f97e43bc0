"""Requests that every signed-in person can send from a page of any room."""

from typing import Any

from flask import request

from app.accounts.guards import confirmed_people, confirmed_person, first_page
from app.core.errors import Conflict
from app.core.http.forms import Form
from app.core.http.unsent_fields import PAGE, forget_here, page_address
from app.core.http.web import AppBlueprint, redirect_after_post
from app.core.i18n.language import locale

bp = AppBlueprint("accounts_person", __name__, guard=confirmed_people)


@bp.page(nl="/team/getypt", fr="/equipe/saisie", methods=("POST",))
def keep_typed() -> Any:
    """The Enter key on a page with several actions: keep what was typed, and do nothing."""
    page = request.form.get(PAGE, "")
    address, number = page_address(page), confirmed_person()
    if not Form().validate():
        raise Conflict("form")
    if request.form.get("do") == "forget" and number is not None:
        forget_here(number, page)
    return redirect_after_post(address or first_page(locale()))
