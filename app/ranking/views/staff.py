"""Selection for the team: calls, the ranking of one, the effect of weights, two applications side by side."""

from typing import Any

from flask import current_app, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.guards import person, staff
from app.applications.queries.files import handed_in_files
from app.applications.rules.states import STATE_NAMES
from app.core import clock
from app.core.audit import access_log
from app.core.exports.columns import names
from app.core.exports.csv import as_download
from app.core.exports.xlsx import as_xlsx
from app.core.http.web import AppBlueprint
from app.core.i18n.formats import decimals
from app.core.i18n.language import REGIONS, locale
from app.questionnaires.rules.answers import summary
from app.ranking import exports, forms
from app.ranking.queries import calls as calls_queries
from app.ranking.queries import pairs
from app.ranking.queries import sheet as sheet_queries
from app.ranking.rules.agreement import meaning
from app.ranking.rules.board import Board, replayed
from app.ranking.rules.effect import effect
from app.ranking.rules.figures import NOTHING, figures
from app.ranking.rules.listing import Filter, listing
from app.ranking.rules.order import Sort
from app.ranking.rules.pairs import beside, readings_of
from app.ranking.rules.shown import ranking_line, reviewer_lines
from app.ranking.rules.stages import STAGES

bp = AppBlueprint("ranking_staff", __name__, guard=staff)

# Pages about a call in selection, as (label, blueprint and page, ...): the first that exists is linked.
NEXT_PAGES = (
    (_l("Readers"), ("reviewers_staff", "readers")),
    (_l("Conflicts of interest"), ("conflicts_staff", "conflicts")),
    (_l("Ranking"), ("ranking_staff", "ranking")),
    (_l("Interviews"), ("interviews_staff", "interviews")),
    (_l("Jury meetings"), ("meetings_staff", "meetings")),
    (_l("Decisions"), ("decisions_calls", "of_call"), ("decisions_staff", "decisions")),
)


@bp.page(nl="/team/selectie", fr="/equipe/selection")
def selection() -> Any:
    at = clock.now()
    calls = calls_queries.calls_in_selection(person.id, at)
    return render_template(
        "ranking/staff/selection.html",
        running=[call for call in calls if call.progress.is_running],
        finished=[call for call in calls if not call.progress.is_running],
        stages=STAGES,
        state_names=STATE_NAMES,
        next_pages={call.id: _next_pages(call.key) for call in calls},
        at=at,
        today=clock.day_of(at),
    )


@bp.page(nl="/team/oproepen/<key>/rangschikking", fr="/equipe/appels/<key>/classement")
def ranking(key: str) -> Any:
    call, wanted = sheet_queries.call_of(key), forms.list_params(request.args)
    board, write = Board(sheet_queries.sheet_of(call, person.id)), decimals(1)
    shown, measures = listing(board, wanted), board.sheet.measures
    whole, parts = board.agreement()
    return render_template(
        "ranking/staff/ranking.html",
        call=call,
        wanted=wanted,
        shown=shown,
        lines=[ranking_line(entry, measures, write) for entry in shown.entries],
        missing=[
            ngettext("%(num)s reading is missing", "%(num)s readings are missing", n) for n in range(call.readings + 1)
        ],
        files=len(board.sheet.files),
        groups=board.correction.groups,
        measures=measures,
        total=sum(measure.weight for measure in measures),
        reviewers=reviewer_lines(board.reviewer_rows(), write),
        agreement=whole,
        agreements=parts,
        meaning=meaning(whole),
        sorts=Sort,
        onlys=Filter,
        cells=_cells([entry.row.file.id for entry in shown.entries]),
        page_address=_page_address,
        regions=REGIONS,
    )


@bp.page(nl="/team/oproepen/<key>/gewichten", fr="/equipe/appels/<key>/ponderations")
def weights(key: str) -> Any:
    """The effect of other weights. Nothing is stored: the address holds everything."""
    call = sheet_queries.call_of(key)
    sheet = sheet_queries.sheet_of(call, person.id)
    tried = forms.weights(request.args, sheet.measures)
    without = forms.left_out(request.args, sheet.reviewers)
    then = replayed(sheet, tried, without) if any(tried.values()) else sheet
    found = effect(Board(sheet), Board(then))
    return render_template(
        "ranking/staff/weights.html",
        call=call,
        sheet=sheet,
        tried=tried,
        without=without,
        counted=any(tried.values()),
        heaviest=forms.HEAVIEST,
        effect=found,
        shown=found.shifts[: forms.MOST_SHIFTS],
    )


@bp.page(nl="/team/oproepen/<key>/vergelijken", fr="/equipe/appels/<key>/comparer")
def compare(key: str) -> Any:
    call, keys = sheet_queries.call_of(key), forms.two_files(request.args)
    if keys is None:
        files = sheet_queries.files_of(call.id, person.id)
        return render_template(
            "ranking/staff/compare.html", call=call, files=files, ticked=forms.ticked(request.args), pair=None
        )
    pair, measures = pairs.pair_of(call.id, keys, person.id), sheet_queries.measures_of(call.id)
    for one in pair:
        access_log.record_access(one.ref, person.ref)
    opinions = pairs.opinions_of([one.id for one in pair])
    counted = figures(readings_of(opinions, measures), measures)
    opened = handed_in_files(pair)
    summaries = [summary(file.definition, file.answers, file.attachments, locale()) for file in opened]
    return render_template(
        "ranking/staff/compare.html",
        call=call,
        pair=pair,
        figures=[counted.get(one.id, NOTHING) for one in pair],
        numbers={file.application.id: file.last.number if file.last else 0 for file in opened},
        measures=measures,
        opinions=opinions,
        sections=beside(*summaries),
    )


@bp.page(nl="/team/oproepen/<key>/rangschikking.csv", fr="/equipe/appels/<key>/classement.csv")
def as_csv(key: str) -> Response:
    call = sheet_queries.call_of(key)
    board = Board(sheet_queries.sheet_of(call, person.id))
    _note(board, call.key, "csv")
    return as_download(
        names(exports.columns(board.sheet.measures)), exports.lines(board), name=f"{_('ranking')}-{call.key}.csv"
    )


@bp.page(nl="/team/oproepen/<key>/rangschikking.xlsx", fr="/equipe/appels/<key>/classement.xlsx")
def as_workbook(key: str) -> Response:
    call = sheet_queries.call_of(key)
    board = Board(sheet_queries.sheet_of(call, person.id))
    _note(board, call.key, "xlsx")
    header, lines = exports.columns(board.sheet.measures), exports.lines(board)
    return as_xlsx(header, lines, sheet=_("ranking"), name=f"{_('ranking')}-{call.key}.xlsx")


def _note(board: Board, call: str, ending: str) -> None:
    refs = [f"application:{one.id}" for one in board.sheet.files]
    access_log.record_export("ranking", refs, by=person.ref, chosen_by={"call": call, "as": ending})


def _next_pages(key: str) -> list[tuple[str, Any]]:
    """(address, label) of the pages about this call that exist."""
    takes_key = current_app.url_map.is_endpoint_expecting
    found = []
    for words, *pages in NEXT_PAGES:
        names = [f"{blueprint}.{page}" for blueprint, page in pages]
        name = next((name for name in names if name in current_app.view_functions), None)
        if name:
            found.append((url_for(name, key=key) if takes_key(name, "key") else url_for(name), words))
    return found


def _cells(files: list[int]) -> dict[Any, dict[int, str]]:
    """Columns added by higher rooms: heading → text by application (decision 20)."""
    found = {heading: words_of(files) for heading, words_of in exports.COLUMNS.all()}
    return {heading: texts for heading, texts in found.items() if texts}


def _page_address(**changes: Any) -> str:
    """This ranking in another order, with another filter or page; defaults are left out."""
    known = {"sort": Sort.RAW, "only": Filter.ALL, "page": 1}
    now = {name: getattr(forms.list_params(request.args), name) for name in known} | changes
    asked: dict[str, Any] = {name: str(value) for name, value in now.items() if value != known[name]}
    return url_for(".ranking", **(request.view_args or {}), **asked)
