"""Which matter a question asks about: decided by words, the same every time, and rather none than a wrong one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answers.entry import Entry, Topic
from bot.answers.terms import is_light, is_topic, weight, windows

_LEAST_EXPLAINED = 0.6
"""How much of what a question says must belong to the matter."""
_LONG_PHRASE = 4
_LEAST_OF_A_LONG_PHRASE = 0.75


@dataclass(frozen=True, order=True)
class Score:
    """How well a question and a matter agree: by how much they share, then how much of the question that is."""

    shared: float
    explained: float
    is_topic: bool


def matter(question: str, entries: Sequence[Entry], *, topic: Topic) -> list[Entry]:
    """All entries of the matter that the question asks about; none where it is about something else, or about nothing.

    A matter fits if the question holds all words of one of its phrases (three quarters of a long one), if it names no
    other matter, and if most of what it says belongs to this one. `topic` only decides between equals: what a seeker
    takes for a right may be kept as a policy.
    """
    asked = windows(question)
    scored = [
        (score, title, group)
        for title, group in grouped(entries).items()
        if (score := _score(asked, group, topic)) is not None
    ]
    if not scored:
        return []
    best = max(score for score, _, _ in scored)
    return min((title, group) for score, title, group in scored if score == best)[1]


def grouped(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """The entries of each title."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.title, []).append(entry)
    return found


def _score(asked: Sequence[frozenset[str]], group: Sequence[Entry], topic: Topic) -> Score | None:
    vocabulary = frozenset().union(*(entry.vocabulary for entry in group))
    if any(is_topic(term) and term not in vocabulary for term in asked[0]):
        return None
    is_asked = any(entry.topic == topic for entry in group)
    scores = [
        Score(_weigh(phrase & terms), explained, is_asked)
        for phrase in {phrase for entry in group for phrase in entry.phrases}
        # a phrase of light words alone (补贴政策) is no matter of a clause, only of a whole question
        for terms in (asked[:1] if is_light(phrase) else asked)
        if _holds(terms, phrase) and (explained := _explained(terms, vocabulary)) >= _LEAST_EXPLAINED
    ]
    return max(scores, default=None)


def _holds(terms: frozenset[str], phrase: frozenset[str]) -> bool:
    if len(phrase) < _LONG_PHRASE:
        return phrase <= terms
    return _weigh(phrase & terms) >= _LEAST_OF_A_LONG_PHRASE * _weigh(phrase)


def _explained(terms: frozenset[str], vocabulary: frozenset[str]) -> float:
    """The share of what is said that belongs to the matter."""
    said = _weigh(terms)
    return _weigh(terms & vocabulary) / said if said else 0.0


def _weigh(terms: Iterable[str]) -> float:
    # in a fixed order, so that sums are the same in every process
    return sum(map(weight, sorted(terms)))
