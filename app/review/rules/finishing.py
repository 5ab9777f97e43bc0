"""What a review needs before it can be finished."""

from collections.abc import Iterable, Iterator

from flask_babel import gettext as _

from app.review.rules.scoring import Criterion, Written

LONGEST = 4000
MOST = 4 * LONGEST  # of a draft: a question's limit is advice, this one is enforced


def problems(criteria: Iterable[Criterion], written: Written, language: str) -> list[tuple[str, str]]:
    """(id of the control, message) in page order; empty when it may be finished."""
    found = [one for criterion in criteria for one in _on(criterion, written, language)]
    if len(written.comment) > LONGEST:
        found.append(("comment", _("Shorten your words for the jury: at most %(limit)s characters", limit=LONGEST)))
    return found


def beyond_bounds(criteria: Iterable[Criterion], written: Written, language: str) -> list[tuple[str, str]]:
    """(id of the control, message) for each text too long to be stored, even in a draft."""
    texts = {f"r{one.id}": (one.title[language], written.on(one.id).reason) for one in criteria}
    texts["comment"] = (_("Words for the jury alone"), written.comment)
    return [
        (
            control,
            _(
                "“%(name)s” is too long to be saved: %(length)s characters, and at most %(most)s can be kept. Your "
                "text is still on this page: shorten it, then save.",
                name=name,
                length=len(text),
                most=MOST,
            ),
        )
        for control, (name, text) in texts.items()
        if len(text) > MOST
    ]


def _on(criterion: Criterion, written: Written, language: str) -> Iterator[tuple[str, str]]:
    opinion, title = written.on(criterion.id), criterion.title[language]
    if not opinion.is_settled:
        words = _("Score “%(criterion)s”, or say that you cannot judge it", criterion=title)
        yield f"c{criterion.id}-{criterion.scores[0]}", words
    elif opinion.score is not None and criterion.needs_reason(opinion.score) and not opinion.reason:
        yield f"r{criterion.id}", _("Say why you give “%(criterion)s” this score", criterion=title)
    if len(opinion.reason) > LONGEST:
        words = _(
            "Shorten the reason for “%(criterion)s”: at most %(limit)s characters", criterion=title, limit=LONGEST
        )
        yield f"r{criterion.id}", words
