"""工资再高点: the same search, paid better than what was asked for or shown."""

from collections.abc import Sequence
from dataclasses import replace
from statistics import median_low

from bot.fitting import lowest_offer
from bot.offer import Offer
from bot.replies.exchange import Exchange, Outcome
from bot.replies.listing import heading, listed, nothing
from bot.searching import search
from bot.wishes import Wishes

_NOTICEABLE = 1.05
"""Less than a twentieth more is not what anybody means by more."""


async def better_paid(exchange: Exchange, wishes: Wishes) -> Outcome:
    """A list from the next pay up that a posting states; where there is none, the best paid, and that it is so."""
    found = await search(exchange.desk, wishes)
    outcome = Outcome(replace(exchange.state, wishes=wishes, seen=()))
    if not found.matches:
        return await nothing(exchange, outcome)
    shown = await exchange.desk.whole(exchange.state.shown)
    least = _next_up([match.job for match in found.matches], shown, wishes)
    if least is None:
        best = sorted(found.matches, key=lambda match: lowest_offer(match.job) or 0, reverse=True)
        return await listed(exchange, outcome.say("find.highest"), replace(found, matches=tuple(best)))
    raised = replace(wishes, pay_min=least, pay_max=None)
    found = await search(exchange.desk, raised)
    return await listed(exchange, outcome.keep(wishes=raised).text(heading(found, raised)), found)


def _next_up(offered: Sequence[Offer], shown: Sequence[Offer], wishes: Wishes) -> int | None:
    """The lowest pay among those offered, in the wish's period, that is noticeably above what was asked or shown."""
    offers = [low for job in offered if (low := _low(job, wishes.pay_period)) is not None]
    seen = [low for job in shown if (low := _low(job, wishes.pay_period)) is not None]
    asked = wishes.pay_min or wishes.pay_max or 0
    base = max(asked, median_low(seen) if seen else 0)
    return min((low for low in offers if low > base * _NOTICEABLE), default=None)


def _low(job: Offer, period: str) -> int | None:
    """In whole yuan, so that the figure named is one that a posting states."""
    low = job.pay.min
    same = job.pay.period == period and not job.pay.negotiable
    return int(low) if same and low is not None and low == int(low) else None
