"""Which job the seeker means: one of the list, a spoken code, or the one in context."""

from bot.context import spoken
from bot.job import Job
from bot.replies.exchange import Exchange, Outcome
from bot.reply import Card, Cards, Choices

_FEW = 3


async def pick(exchange: Exchange, *, ask: str, pending: str | None = None) -> Job | Outcome:
    """The job meant, or the reply that asks for it (`ask` names the phrase, `pending` the open question)."""
    ref = exchange.said.slots.get("ref")
    if isinstance(ref, str):
        return await _by_number(exchange, ref, pending)
    if isinstance(ref, int):
        return await _by_ordinal(exchange, ref)
    job = await _in_context(exchange)
    return job or _which(exchange, ask, pending)


async def _by_number(exchange: Exchange, number: str, pending: str | None) -> Job | Outcome:
    jobs = await exchange.desk.job_by_number(number)
    if len(jobs) == 1:
        return jobs[0]
    outcome = Outcome(exchange.state)
    if not jobs:
        return outcome.say("detail.unknown_number", number=number).choices("start")
    outcome.keep(shown=tuple(job.key for job in jobs), pending=pending).say("detail.which_event", number=number)
    outcome.parts.append(Cards(tuple(Card(job, ordinal=n) for n, job in enumerate(jobs, 1))))
    return outcome


async def _by_ordinal(exchange: Exchange, ordinal: int) -> Job | Outcome:
    shown = exchange.state.shown
    place = ordinal - 1 if ordinal > 0 else len(shown) + ordinal
    job = await exchange.desk.job(shown[place]) if 0 <= place < len(shown) else None
    if job:
        return job
    outcome = Outcome(exchange.state)
    if not shown:
        return outcome.say("detail.last_missing").choices("start")
    return outcome.say("detail.no_such_ordinal", ordinal=abs(ordinal)).choices("list")


async def _in_context(exchange: Exchange) -> Job | None:
    state = exchange.state
    earlier = state.before if spoken("earlier", exchange.text) else None
    key = state.job or earlier or (state.shown[0] if len(state.shown) == 1 else None)
    return await exchange.desk.job(key) if key else None


def _which(exchange: Exchange, ask: str, pending: str | None) -> Outcome:
    outcome = Outcome(exchange.state)
    if not exchange.state.shown:
        return outcome.say(ask if pending in (None, "which_ask") else "queue.first_find").choices("start")
    ordinals = tuple(f"第{number}个" for number in range(1, min(len(exchange.state.shown), _FEW) + 1))
    outcome.keep(pending=pending).say(ask)
    outcome.parts.append(Choices(ordinals))
    return outcome
