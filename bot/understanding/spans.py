"""Trades no list knows, by how they stand in a sentence: each character begins one (B), goes on (I), or is out (O)."""

import re
from collections.abc import Sequence

from bot.terms.cutting import cut
from bot.understanding.evidence import trade_evidence
from bot.understanding.hearing import Heard
from bot.understanding.keywords import CERTIFICATE, without_parts
from bot.understanding.scorer import Scorer, learned

BEGIN, INSIDE, OUTSIDE = range(3)
TAGS = ("B", "I", "O")
_NEVER = -1e9
_OTHERS = re.compile("^(?:别的|其他|其它|另外的)")
_EDGES = " ,，。、;；"
_LONG = 400
"""Characters: of a longer message the end is read, where the wish comes."""


def trade_spans(heard: Heard) -> list[tuple[int, int]]:
    """Where trades and workplaces that are asked for stand in the text of the sentence."""
    text = heard.sentence.text
    features = trade_evidence(heard, cut(text))[-_LONG:]
    return spans_of(best_path(features, learned("trades")), start=len(text) - len(features))


def trades_asked(heard: Heard) -> list[str]:
    """The trades and workplaces asked for, in the seeker's own words: those found here, and others the lists know."""
    text = heard.sentence.text
    spans = [(start, end) for start, end in trade_spans(heard) if not CERTIFICATE.match(text, end)]
    found = [_OTHERS.sub("", text[start:end].strip(_EDGES)) for start, end in spans]
    for known in heard.wishes.get("keywords", ()):
        if not any(known in word or word in known for word in found if word):
            found.append(known)
    firm = heard.wishes.get("employer", "")
    return without_parts([word for word in found if word and word not in firm])


def best_path(features: Sequence[Sequence[str]], scorer: Scorer) -> list[int]:
    """The likeliest tags (Viterbi, 1967); the features named `BI` and its like weigh what follows what."""
    steps = [[scorer.weights.get(a + b, (0.0,))[0] for b in TAGS] for a in TAGS]
    steps[OUTSIDE][INSIDE] = _NEVER
    best: list[float] = []
    came_from: list[list[int]] = []
    for here in features:
        local = scorer.sum_of(here)
        if not best:
            best = [local[BEGIN], _NEVER, local[OUTSIDE]]
            continue
        totals = [[best[before] + steps[before][tag] for before in range(3)] for tag in range(3)]
        ways = [total.index(max(total)) for total in totals]
        best = [max(total) + local[tag] for tag, total in enumerate(totals)]
        came_from.append(ways)
    if not best:
        return []
    path = [best.index(max(best))]
    for ways in reversed(came_from):
        path.append(ways[path[-1]])
    return path[::-1]


def spans_of(path: Sequence[int], *, start: int = 0) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for place, tag in enumerate(path, start):
        if tag == BEGIN:
            found.append((place, place + 1))
        elif tag == INSIDE and found:
            found[-1] = (found[-1][0], place + 1)
    return found
