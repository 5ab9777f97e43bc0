"""Pauses between tries, and one text as both parts of a mail."""

from datetime import timedelta

from app.mail.rules.parts import Part, as_plain_text, parts
from app.mail.rules.states import MOST_TRIES, pause_after


def test_pauses_grow_and_end() -> None:
    pauses = [pause_after(tries) for tries in range(1, MOST_TRIES + 1)]

    assert pauses[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert pauses[-2] == timedelta(hours=6)
    assert pauses[-1] is None


def test_a_text_is_read_into_its_parts() -> None:
    button = "Open mijn dossier:\nhttps://coopcity.example/nl"
    text = f"Dag Zoë,\n\n{button}\n\n= SE27-0428\n= Seeds\n\n- een\n- twee\n\n\n\nTot dan"

    assert parts(text) == [
        Part("text", ("Dag Zoë,",)),
        Part("button", ("Open mijn dossier:", "https://coopcity.example/nl")),
        Part("plate", ("SE27-0428", "Seeds")),
        Part("list", ("een", "twee")),
        Part("text", ("Tot dan",)),
    ]


def test_the_plain_text_keeps_every_word_without_marks() -> None:
    assert as_plain_text(parts("Dag\n\n= SE27-0428\n\n- een\n- twee")) == "Dag\n\nSE27-0428\n\n- een\n- twee\n"
