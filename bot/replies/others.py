"""A search that begins at the job in context: what else its employer offers, and what is like it."""

from dataclasses import replace

from bot.job import Job
from bot.matching import Match
from bot.replies.exchange import Exchange, Outcome
from bot.replies.gathering import gathered
from bot.replies.listing import listed
from bot.replies.search import find_jobs, more_jobs
from bot.searching import Found, search
from bot.wishes import Wishes
from bot.wording import job_name

_ALIKE = 5


async def of_employer(exchange: Exchange) -> Outcome:
    """这家还招什么人: what the employer of the job in context offers besides; whatever trade was asked for before."""
    job = await _job(exchange)
    if job is None:
        return await find_jobs(exchange)
    asked = exchange.state.wishes
    wishes = Wishes(employer=job.employer, age=asked.age, education=asked.education, exclude=asked.exclude)
    wishes = gathered(wishes, exchange.said, exchange.text)
    outcome = Outcome(replace(exchange.state, wishes=wishes, seen=(job.key,)))
    found = await search(exchange.desk, wishes)
    others = tuple(match for match in found.matches if match.job.key != job.key)
    if not others or found.dropped:
        return outcome.keep(wishes=asked).say("find.no_other", employer=job.employer).choices("job")
    return await listed(
        exchange, outcome.say("find.of_employer", employer=job.employer), replace(found, matches=others)
    )


async def like_it(exchange: Exchange) -> Outcome:
    """有没有类似的, or 换一批 after a scan: the open jobs nearest to the one in context."""
    job = await _job(exchange)
    similar = await exchange.desk.similar(job, _ALIKE) if job else []
    if job is None or not similar:
        return await more_jobs(exchange)
    outcome = Outcome(exchange.state).say("find.alike", job=job_name(job))
    return await listed(exchange, outcome, Found(tuple(Match(other) for other in similar)))


async def _job(exchange: Exchange) -> Job | None:
    return await exchange.desk.job(exchange.state.job) if exchange.state.job else None
