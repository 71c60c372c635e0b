"""Spoken codes (口播码): which numbers a host can read out, and in which order an event gives them.

In a place where 四 and 十 sound alike (most of Anhui merges s and sh) and 一 and 七 rhyme, left out are numbers

- that end in 0: 一百三 is 130 to one and 103 to another, and 十 is easily lost;
- that end in 14 or 44: 十四, 四十 and 四十四 are one mumble;
- that hold both a 1 and a 7: yī and qī beside each other, 171 or 717;
- that repeat one digit three times: nobody counts 二二二;
- that everybody calls for other help: 119, 122 (110, 114 and 120 are out already).

Within what is left, numbers with a 7 come last: an event of up to some 550 postings has none, so that 一 cannot be
taken for 七 there at all. Numbers count up, since handbook, rundown and print are looked through in that order.
"""

from collections.abc import Iterator
from functools import cache
from itertools import islice

THREE_DIGITS_UP_TO = 700
"""Postings in an event beyond which new numbers have four digits."""

_EMERGENCY = frozenset({"119", "122"})
_MUMBLED = ("0", "14", "44")


def spoken_numbers(count: int) -> list[str]:
    """The first `count` numbers of an event: three digits, four for more than 700 postings.

    Raises ValueError where there are not so many (some 6,000).
    """
    numbers = list(islice(_numbers(4 if count > THREE_DIGITS_UP_TO else 3), count))
    if len(numbers) < count:
        raise ValueError(f"no {count} numbers are easy to hear")
    return numbers


def free_numbers(used: frozenset[str], *, postings: int) -> Iterator[str]:
    """Numbers that the event has not given yet, best first; `postings` is how many it has in all."""
    lengths = (4,) if postings > THREE_DIGITS_UP_TO else (3, 4)
    return (number for digits in lengths for number in _numbers(digits) if number not in used)


@cache
def _numbers(digits: int) -> tuple[str, ...]:
    every = map(str, range(10 ** (digits - 1), 10**digits))
    return tuple(sorted((number for number in every if is_easy(number)), key=lambda number: ("7" in number, number)))


def is_easy(number: str) -> bool:
    """Whether a number of three or four digits can be read out without being taken for another."""
    if number.endswith(_MUMBLED) or number in _EMERGENCY:
        return False
    if "1" in number and "7" in number:
        return False
    return not any(digit * 3 in number for digit in "0123456789")
