"""Finding jobs: a new list for the wishes as they now are, or the next page of the last one."""

from dataclasses import replace

from bot.context import spoken
from bot.replies.exchange import Exchange, Outcome
from bot.replies.gathering import changed, gathered
from bot.replies.higher import better_paid
from bot.replies.listing import PAGE, heading, listed, nothing
from bot.searching import search


async def find_jobs(exchange: Exchange) -> Outcome:
    """`find_jobs`."""
    wishes = gathered(exchange.state.wishes, exchange.said, exchange.text)
    if exchange.said.higher_pay and not exchange.said.wishes.keys() & {"pay_min", "pay_max"}:
        return await better_paid(exchange, wishes)
    outcome = Outcome(replace(exchange.state, wishes=wishes, seen=()))
    found = await search(exchange.desk, wishes)
    if not found.matches:
        return await nothing(exchange, outcome)
    await listed(exchange, outcome.text(heading(found, wishes)), found)
    if spoken("nearer", exchange.text) and not wishes.divisions:
        outcome.say("find.nearer")
    return outcome


async def more_jobs(exchange: Exchange) -> Outcome:
    """`more_jobs`: the next page of the same search, or a new one where the message changes the wishes."""
    before = exchange.state.wishes
    if not exchange.state.seen or changed(before, exchange.said, exchange.desk.trades):
        return await find_jobs(exchange)
    found = await search(exchange.desk, before)
    seen = set(exchange.state.seen)
    left = tuple(match for match in found.matches if match.job.key not in seen)
    outcome = Outcome(exchange.state)
    if not left:
        return outcome.did("find", found=0, dropped=[], near=False).say("find.no_more").choices("none")
    if found.dropped or found.near:
        outcome.text(heading(found, before))
    outcome.say("find.last_page" if len(left) <= PAGE else "find.next_page")
    return await listed(exchange, outcome, replace(found, matches=left))
