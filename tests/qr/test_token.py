from collections.abc import Iterator
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qr import ALPHABET, KINDS, RANDOM_LENGTHS, new_token, read_code, read_token

lengths = st.sampled_from(RANDOM_LENGTHS)


@st.composite
def tokens(draw: st.DrawFn) -> str:
    picked = draw(st.lists(st.sampled_from(ALPHABET), min_size=4, max_size=12))
    return token_of("".join(picked))


def token_of(random_part: str) -> str:
    """A token whose random characters are chosen, not random."""
    characters: Iterator[str] = iter(random_part)
    return new_token(length=len(random_part), choose=lambda _: next(characters))


@st.composite
def as_typed(draw: st.DrawFn, text: str) -> str:
    """`text` as somebody might type it: case, width, look-alikes, spaces and hyphens."""
    typed = [draw(st.sampled_from(["", " ", "-", "　", "－", "\t", "\u200b"]))]
    for character in text:
        look = {"0": "0Oo", "1": "1IiLl"}.get(character, character + character.lower())
        form = draw(st.sampled_from(look))
        typed += [draw(st.sampled_from([form, chr(ord(form) + 0xFEE0)]))]
        typed += [draw(st.sampled_from(["", "", "", " ", "-", "—"]))]
    return "".join(typed)


def test_the_alphabet_has_32_characters_and_no_look_alikes() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert set(ALPHABET) & set("ILOU") == set()


def test_kinds() -> None:
    assert KINDS == {"J": "job info", "I": "cloud interview"}


def test_a_new_token_has_five_random_characters_and_a_check() -> None:
    assert len(new_token()) == 6


def test_the_check_of_the_example_in_the_documents() -> None:
    assert token_of("7K3M9") == "7K3M9Q"


def test_random_characters_are_picked_from_the_whole_alphabet() -> None:
    seen: list[str] = []

    def choose(alphabet: str) -> str:
        seen.append(alphabet)
        return alphabet[-1]

    assert new_token(length=4, choose=choose)[:4] == "ZZZZ"
    assert seen == [ALPHABET] * 4


@pytest.mark.parametrize("length", [-1, 0, 3, 13])
def test_a_length_out_of_range_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="4 to 12"):
        new_token(length=length)


@given(length=lengths)
def test_a_new_token_reads_as_itself(length: int) -> None:
    token = new_token(length=length)
    assert read_token(token) == token


@given(token=tokens(), data=st.data())
def test_reading_forgives_how_it_was_typed(token: str, data: st.DataObject) -> None:
    assert read_token(data.draw(as_typed(token))) == token


@given(token=tokens(), kind=st.sampled_from(list(KINDS)), data=st.data())
def test_reading_a_code_forgives_as_much(token: str, kind: str, data: st.DataObject) -> None:
    typed_kind = data.draw(st.sampled_from({"J": "Jjｊ", "I": "IilL1ｉ"}[kind]))
    assert read_code(typed_kind + data.draw(as_typed(token))) == (kind, token)


@given(token=tokens())
def test_every_substitution_is_caught(token: str) -> None:
    accepted = [
        token[:place] + other + token[place + 1 :]
        for place, other in product(range(len(token)), ALPHABET)
        if other != token[place] and read_token(token[:place] + other + token[place + 1 :])
    ]
    assert accepted == []


@given(token=tokens())
def test_every_transposition_of_neighbours_is_caught(token: str) -> None:
    swapped = [
        token[:place] + second + first + token[place + 2 :]
        for place, (first, second) in enumerate(pairwise(token))
        if first != second
    ]
    assert [text for text in swapped if read_token(text)] == []


@given(token=tokens())
def test_a_lost_leading_zero_is_caught(token: str) -> None:
    assert read_token("0" + token) is None


@given(random_part=st.text(ALPHABET, min_size=4, max_size=12))
def test_exactly_one_check_character_is_accepted(random_part: str) -> None:
    read = [read_token(random_part + check) for check in ALPHABET]
    assert [token for token in read if token] == [token_of(random_part)]


@given(token=tokens(), kind=st.sampled_from(list(KINDS)))
def test_a_whole_code_is_no_token_and_a_token_no_whole_code(token: str, kind: str) -> None:
    assert read_token(kind + token) is None
    assert read_code(token) is None


@given(text=st.text())
def test_whatever_is_read_is_canonical(text: str) -> None:
    token = read_token(text)
    assert token is None or (set(token) <= set(ALPHABET) and read_token(token) == token)


@given(token=tokens(), stranger=st.characters(exclude_characters=ALPHABET), data=st.data())
def test_a_strange_character_is_dropped_never_guessed(token: str, stranger: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(token) - 1))
    read = read_token(token[:place] + stranger + token[place + 1 :])
    # only a form of the same character may stand in its place, or nothing at all where the rest is a token
    assert read in {None, token, token[:place] + token[place + 1 :]}


@pytest.mark.parametrize(
    "text",
    ["", " ", "7", "7K3M9", "7K3M9QQ", "7K3M9U", "7K3M9Q!", "7K3M9é", "７Ｋ３Ｍ９Ｐ", "一零三", "7" * 10_000],
)
def test_what_is_no_token(text: str) -> None:
    assert read_token(text) is None


@pytest.mark.parametrize("text", ["", "J", "7K3M9Q", "K7K3M9Q", "J7K3M9P", "JJ7K3M9Q", "岗7K3M9Q"])
def test_what_is_no_code(text: str) -> None:
    assert read_code(text) is None
