"""The table of error codes: each has one meaning, and words that staff can act on."""

import re

import pytest

from app.wechat.codes import known, meaning


@pytest.mark.parametrize(
    ("do", "codes"),
    [
        ("token", {40001, 40014, 42001}),
        ("retry", {-1, -1000}),
        ("stop_day", {45009}),
        ("stop_minute", {45011}),
        ("park", {45015, 45047}),
        ("unreachable", {40003, 43004, 43019, 46004, 48002}),
    ],
)
def test_what_is_to_be_done_has_these_codes_and_no_others(do: str, codes: set[int]) -> None:
    assert {code for code, known_as in known().items() if known_as.do == do} == codes


@pytest.mark.parametrize(
    ("code", "do"), [(48001, "downgrade"), (40164, "alarm"), (40013, "alarm"), (45002, "bug"), (45008, "bug")]
)
def test_what_the_others_ask_for(code: int, do: str) -> None:
    assert meaning(code).do == do


def test_a_code_that_we_do_not_know_is_not_tried_again_and_is_named() -> None:
    strange = meaning(99999)
    assert (strange.do, "99999" in strange.sentence) == ("bug", True)


def test_each_sentence_is_one_that_staff_can_read() -> None:
    sentences = [known_as.sentence for known_as in known().values()]
    assert [words for words in sentences if not re.fullmatch(r"[^\n]*[一-龥][^\n]*。", words) or len(words) > 70] == []
