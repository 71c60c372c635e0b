"""Wishes gathered over the turns of a conversation."""

from dataclasses import replace
from typing import Any

from bot.context import spoken
from bot.understanding import Understanding
from bot.understanding.trades import Trades
from bot.wishes import Wishes


def gathered(before: Wishes, said: Understanding, text: str = "") -> Wishes:
    """The wishes so far, less what was taken back, with what is said now.

    A new trade or place replaces the old ones; with 也行 (保洁也行, 桐城也可以) in the `text` it joins them. A search
    for somebody else (给我儿子也找一个) begins anew.
    """
    wishes = Wishes() if "all" in said.dropped or _for_another(said, text) else before
    benefits = frozenset(name.partition(":")[2] for name in said.dropped if ":" in name)
    whole = [name for name in said.dropped if ":" not in name and name != "all"]
    wishes = wishes.without(*whole).without_members("benefits", benefits)
    new = Wishes.from_json(said.wishes)
    # what is asked for now is no longer refused, what is refused now no longer asked for
    wishes = wishes.without_members("exclude", frozenset(new.keywords))
    wishes = wishes.without_members("keywords", frozenset(new.exclude))
    if spoken("also", text):
        new = _besides(wishes, new)
    return wishes.merged(new)


def changed(before: Wishes, said: Understanding, trades: Trades) -> bool:
    """Whether 换一批 came with a wish that was not there; the same trade named again is none."""
    if said.dropped:
        return True
    new: dict[str, Any] = dict(said.wishes)
    known = {word for keyword in before.keywords for word in trades.kin(keyword).same}
    if known & {word for keyword in new.get("keywords", ()) for word in trades.kin(keyword).same}:
        del new["keywords"]
    return before.merged(Wishes.from_json(new)) != before


def _for_another(said: Understanding, text: str) -> bool:
    return bool(spoken("somebody", text)) and bool("keywords" in said.wishes or spoken("as_well", text))


def _besides(before: Wishes, new: Wishes) -> Wishes:
    """The new wishes, with the trades and places so far where new ones join them."""
    keywords = (*before.keywords, *new.keywords) if new.keywords else ()
    divisions = (*before.divisions, *new.divisions) if new.divisions else ()
    return replace(new, keywords=tuple(sorted({*keywords})), divisions=tuple(sorted({*divisions})))
