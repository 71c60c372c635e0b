"""What is not about one job: people, rights, policies, training, news, complaints."""

from bot.desk import Answer
from bot.job import Job
from bot.phrases import say
from bot.replies.exchange import Exchange, Outcome
from bot.replies.pick import pick
from bot.replies.search import gathered
from bot.replies.wish_words import wish_words
from bot.wishes import NO_WISHES
from bot.wording import job_name

_WAGES = ("工资", "欠", "薪", "工钱")


async def human(exchange: Exchange) -> Outcome:
    """`human`: honest about whether a person is there."""
    result = await exchange.desk.call_human(exchange.text)
    outcome = Outcome(exchange.state).did("human", present=result.present)
    if result.present:
        return outcome.say("people.present").choices("human")
    outcome.say("people.absent")
    if result.hours:
        outcome.say("people.hours", hours=result.hours)
    if result.phone:
        outcome.say("people.phone", phone=result.phone)
    return outcome.say("people.meanwhile").choices("start")


async def rights(exchange: Exchange) -> Outcome:
    """`ask_rights`: a curated answer where there is one, and always who helps."""
    outcome = Outcome(exchange.state)
    answer = await exchange.desk.answer(exchange.text)
    if answer:
        _answered(outcome, answer)
    elif any(word in exchange.text for word in _WAGES):
        outcome.say("rights.wages")
    return outcome.say("rights.lead").say("rights.lines").say("rights.keep").choices("policy")


async def policy(exchange: Exchange) -> Outcome:
    """`ask_policy`: only what has been curated; an expired answer says so."""
    answer = await exchange.desk.answer(exchange.text)
    outcome = Outcome(exchange.state)
    return (_answered(outcome, answer) if answer else outcome.say("policy.none")).choices("policy")


async def training(exchange: Exchange) -> Outcome:
    """`training`."""
    answer = await exchange.desk.answer(exchange.text)
    outcome = Outcome(exchange.state)
    _answered(outcome, answer) if answer else outcome.say("training.none")
    return outcome.say("training.jobs").choices("policy")


async def subscribe(exchange: Exchange) -> Outcome:
    """`subscribe`: to the wishes so far with those of this message."""
    wishes = gathered(exchange.state.wishes, exchange.said)
    outcome = Outcome(exchange.state)
    if not await exchange.desk.subscribe(wishes):
        return outcome.say("subscribe.cannot").choices("start")
    outcome.did("subscribe", wishes=wishes.as_json()).keep(wishes=wishes)
    if wishes == NO_WISHES:
        return outcome.say("subscribe.done_any").choices("start")
    return outcome.say("subscribe.done", wishes=wish_words(wishes)).choices("start")


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


def _answered(outcome: Outcome, answer: Answer) -> Outcome:
    outcome.text(answer.text + say("policy.source", source=answer.source))
    until = answer.valid_until
    if until:
        name = "policy.expired" if answer.expired else "policy.until"
        outcome.say(name, year=until.year, month=until.month, day=until.day)
    elif answer.expired:
        outcome.say("policy.expired_undated")
    return outcome.link("policy.link", answer.link)
