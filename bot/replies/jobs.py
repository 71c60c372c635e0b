"""A job in full; a filled or withdrawn one says so and gives the nearest open ones."""

from bot.job import Job
from bot.phrases import say
from bot.replies.comparing import compared
from bot.replies.exchange import Exchange, Outcome
from bot.replies.pick import pick
from bot.replies.several import several
from bot.reply import Card, Cards
from bot.wording import (
    age_words,
    benefit_names,
    education_words,
    experience_words,
    headcount_words,
    job_name,
    state_words,
    until_words,
)

_SIMILAR = 3
_WHOLE = "whole"


async def detail(exchange: Exchange) -> Outcome:
    """`job_detail`."""
    jobs = await several(exchange)
    if jobs:
        return compared(exchange, jobs, _WHOLE)
    job = await pick(exchange, ask="fields.which")
    return job if isinstance(job, Outcome) else await shown(exchange, job)


async def scanned(exchange: Exchange, job: Job) -> Outcome:
    """A job-info code."""
    if job.is_open:
        return (await shown(exchange, job, tip="detail.scanned_tip")).say_first("detail.scanned")
    return await closed(exchange, job, name="detail.scanned_closed")


async def shown(exchange: Exchange, job: Job, *, tip: str = "detail.tip") -> Outcome:
    """Everything the posting says, and the job as a card."""
    if not job.is_open:
        return await closed(exchange, job)
    outcome = Outcome(exchange.state).about(job).keep(asked=None)
    outcome.parts.append(Cards((Card(job),)))
    lines = [say("detail.line", label=say(f"detail_labels.{label}"), value=value) for label, value in _lines(job)]
    return outcome.text("\n".join(lines)).say(tip).choices("job")


async def closed(exchange: Exchange, job: Job, *, name: str = "detail.closed") -> Outcome:
    """That it is not open, why, and what is nearest to it."""
    outcome = Outcome(exchange.state).about(job).say(name, job=job_name(job), state=state_words(job))
    similar = await exchange.desk.similar(job, _SIMILAR)
    if not similar:
        return outcome.say("detail.closed_alone").choices("start")
    outcome.say("detail.closed_similar").keep(shown=tuple(other.key for other in similar))
    outcome.parts.append(Cards(tuple(Card(other, ordinal=n) for n, other in enumerate(similar, 1))))
    return outcome.say("detail.closed_tip").choices("closed")


def _lines(job: Job) -> list[tuple[str, str]]:
    asks = [education_words(job.education), experience_words(job)]
    if job.age_min is not None or job.age_max is not None:
        asks.append(age_words(job))
    lines = [
        ("benefits", benefit_names(job.benefits)),
        ("asks", "，".join(asks)),
        ("headcount", headcount_words(job)),
        ("description", job.description),
        ("until", until_words(job) if job.valid_until else ""),
    ]
    return [(label, value) for label, value in lines if value]
