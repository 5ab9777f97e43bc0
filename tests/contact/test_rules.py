"""One message or two, a phone number or another text."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.contact.rules import COPY_LASTS, key_of, may_copy, phone_address

DAY = date(2027, 1, 4)


def test_the_same_words_on_one_day_are_one_message() -> None:
    key = key_of("Zoë", "zoe@example.be", "Dag,\n\nik heb een vraag.", DAY)

    assert key == key_of("Zoë", "zoe@example.be", "Dag,\r\nik heb een  vraag.", DAY)
    assert len(key) == 32
    assert len({key, key_of("Zoë", "zoe@example.be", "Dag", DAY), key_of("Zoë", "z@example.be", "Dag", DAY)}) == 3
    assert key != key_of("Zoë", "zoe@example.be", "Dag,\n\nik heb een vraag.", DAY + timedelta(days=1))


def test_a_link_to_a_copy_ends() -> None:
    received = datetime(2027, 1, 4, 9, tzinfo=UTC)

    assert may_copy(received, received + COPY_LASTS - timedelta(seconds=1))
    assert not may_copy(received, received + COPY_LASTS)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("02 123 45 67", "021234567"),
        ("+32 (0)2 123 45 67", "+3221234567"),
        ("0470/12.34.56 ", "0470123456"),
        ("02 123 45 67, van 9 tot 12 uur", ""),
        ("", ""),
    ],
)
def test_only_a_number_is_a_link_to_call(text: str, address: str) -> None:
    assert phone_address(text) == address
