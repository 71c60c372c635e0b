"""Finding jobs: wishes gathered over the turns, a page at a time, honest about what was let go."""

from dataclasses import replace
from typing import Any

from bot.phrases import say
from bot.replies.exchange import Exchange, Outcome
from bot.replies.wish_words import dropped_words, wish_words
from bot.reply import Card, Cards
from bot.searching import Found, search
from bot.understanding import Understanding
from bot.understanding.trades import Trades
from bot.wishes import Wishes

PAGE = 5
"""Jobs on one page of a list."""


async def find_jobs(exchange: Exchange) -> Outcome:
    """`find_jobs`: a new list for the wishes as they now are."""
    wishes = gathered(exchange.state.wishes, exchange.said)
    outcome = Outcome(replace(exchange.state, wishes=wishes, seen=(), job=None))
    found = await search(exchange.desk, wishes)
    if not found.matches:
        return await _nothing(exchange, outcome)
    page = found.matches[:PAGE]
    outcome.text(_heading(found, wishes, shown=len(page)))
    return _listed(outcome, found)


async def more_jobs(exchange: Exchange) -> Outcome:
    """`more_jobs`: the next page of the same search, or a new one where the message changes the wishes."""
    before = exchange.state.wishes
    if not exchange.state.seen or _changed(before, exchange.said, exchange.desk.trades):
        return await find_jobs(exchange)
    found = await search(exchange.desk, before)
    seen = set(exchange.state.seen)
    left = tuple(match for match in found.matches if match.job.key not in seen)
    outcome = Outcome(exchange.state)
    if not left:
        outcome.did("find", found=0, dropped=[], near=False)
        return outcome.say("find.no_more").choices("none")
    last = len(left) <= PAGE
    if found.dropped or found.near:
        outcome.text(_heading(found, before, shown=PAGE))
    outcome.say("find.last_page" if last else "find.next_page")
    return _listed(outcome, replace(found, matches=left))


def gathered(before: Wishes, said: Understanding) -> Wishes:
    """The wishes so far, less what was taken back, with what is said now."""
    wishes = Wishes() if "all" in said.dropped else before
    benefits = frozenset(name.partition(":")[2] for name in said.dropped if ":" in name)
    whole = [name for name in said.dropped if ":" not in name and name != "all"]
    wishes = wishes.without(*whole).without_members("benefits", benefits)
    new = Wishes.from_json(said.wishes)
    # what is asked for now is no longer refused, what is refused now no longer asked for
    wishes = wishes.without_members("exclude", frozenset(new.keywords))
    wishes = wishes.without_members("keywords", frozenset(new.exclude))
    return wishes.merged(new)


def _changed(before: Wishes, said: Understanding, trades: Trades) -> bool:
    """Whether 换一批 came with a wish that was not there; the same trade named again is none."""
    if said.dropped:
        return True
    new: dict[str, Any] = dict(said.wishes)
    known = {word for keyword in before.keywords for word in trades.kin(keyword).same}
    if known & {word for keyword in new.get("keywords", ()) for word in trades.kin(keyword).same}:
        del new["keywords"]
    return before.merged(Wishes.from_json(new)) != before


def _heading(found: Found, wishes: Wishes, *, shown: int) -> str:
    words = wish_words(wishes)
    if found.near:
        return say("find.near", wishes=words)
    if found.dropped:
        return say("find.relaxed", wishes=words, dropped=dropped_words(found.dropped))
    if not wishes:
        return say("find.found_any")
    return say("find.found" if len(found.matches) > shown else "find.found_few", wishes=words)


def _listed(outcome: Outcome, found: Found) -> Outcome:
    """The first page of what was found."""
    page = found.matches[:PAGE]
    cards = tuple(Card(match.job, match.reasons, ordinal) for ordinal, match in enumerate(page, 1))
    keys = tuple(match.job.key for match in page)
    outcome.parts.append(Cards(cards))
    outcome.did("find", found=len(found.matches), dropped=list(found.dropped), near=found.near)
    return outcome.keep(shown=keys, seen=outcome.state.seen + keys, job=None).say("find.page_tip").choices("list")


async def _nothing(exchange: Exchange, outcome: Outcome) -> Outcome:
    outcome.keep(shown=(), job=None).did("find", found=0, dropped=[], near=False)
    if not await exchange.desk.open_jobs():
        return outcome.say("find.none_at_all").choices("none")
    return outcome.say("find.none", wishes=wish_words(outcome.state.wishes)).choices("none")
