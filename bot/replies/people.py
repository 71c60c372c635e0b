"""Handing over to a person, and complaints."""

from bot.job import Job
from bot.replies.exchange import Exchange, Outcome
from bot.replies.pick import pick
from bot.wording import job_name


async def human(exchange: Exchange) -> Outcome:
    """`human`: honest about whether a person is there now, and about when the bot comes back."""
    result = await exchange.desk.call_human(exchange.text)
    outcome = Outcome(exchange.state).did("human", present=result.present)
    if not result.taken:
        return outcome.say("people.nobody").choices("start")
    if result.present:
        outcome.say("people.present")
    else:
        outcome.say("people.absent")
        if result.hours:
            outcome.say("people.hours", hours=result.hours)
        outcome.say("people.hotline")
    if result.fetched:
        outcome.say("people.fetched")
    if result.minutes:
        outcome.say("people.return", minutes=result.minutes)
    return outcome.choices("human")


async def report_posting(exchange: Exchange) -> Outcome:
    """`report_posting`: about the job named or in context, if any."""
    picked = await pick(exchange, ask="fields.which")
    job = picked if isinstance(picked, Job) else None
    outcome = Outcome(exchange.state)
    if not await exchange.desk.report(job, exchange.text):
        outcome.say("report.not_recorded")
    elif job:
        outcome.say("report.recorded_job", job=job_name(job)).did("report", job=job.number)
    else:
        outcome.say("report.recorded").did("report", job=None)
    return outcome.say("report.advice").choices("policy")
