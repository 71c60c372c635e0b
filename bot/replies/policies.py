"""Policies, rights and training: only what has been curated, and always who helps."""

from bot.desk import Answer
from bot.phrases import say
from bot.replies.exchange import Exchange, Outcome

_WAGES = ("工资", "欠", "薪", "工钱")


async def policy(exchange: Exchange) -> Outcome:
    """`ask_policy`: only what has been curated; an expired answer says so."""
    answer = await exchange.desk.answer(exchange.text)
    outcome = Outcome(exchange.state)
    return (_answered(outcome, answer) if answer else outcome.say("policy.none")).choices("policy")


async def rights(exchange: Exchange) -> Outcome:
    """`ask_rights`: a curated answer where there is one, and always who helps."""
    outcome = Outcome(exchange.state)
    answer = await exchange.desk.answer(exchange.text)
    if answer:
        _answered(outcome, answer)
    elif any(word in exchange.text for word in _WAGES):
        outcome.say("rights.wages")
    return outcome.say("rights.lead").say("rights.lines").say("rights.keep").choices("policy")


async def training(exchange: Exchange) -> Outcome:
    """`training`."""
    answer = await exchange.desk.answer(exchange.text)
    outcome = Outcome(exchange.state)
    _answered(outcome, answer) if answer else outcome.say("training.none")
    return outcome.say("training.jobs").choices("policy")


def _answered(outcome: Outcome, answer: Answer) -> Outcome:
    outcome.text(answer.text + say("policy.source", source=answer.source))
    until = answer.valid_until
    if until:
        name = "policy.expired" if answer.expired else "policy.until"
        outcome.say(name, year=until.year, month=until.month, day=until.day)
    elif answer.expired:
        outcome.say("policy.expired_undated")
    return outcome.link("policy.link", answer.link)
