"""Policies, rights and training: only what has been curated, and always who helps."""

from bot.answers.entry import Topic
from bot.answers.law import law_matter
from bot.desk import Answer, WhichPlace
from bot.phrases import say
from bot.replies.answer_words import answer_lines, which_lines
from bot.replies.exchange import Exchange, Outcome
from bot.reply import Choices, Text

HOTLINES = ("12333", "12348", "12351")
"""人社服务, 法律援助, 工会."""


async def policy(exchange: Exchange) -> Outcome:
    """`ask_policy`: only what has been curated; an expired answer says so."""
    return _said(exchange, await _found(exchange, "policy")) or _none(exchange, "policy.none")


async def rights(exchange: Exchange) -> Outcome:
    """`ask_rights`: a curated answer where there is one, else what the law plainly says; always who helps."""
    found = await _found(exchange, "rights")
    if isinstance(found, WhichPlace):
        return _asked(exchange, found)
    law = law_matter(exchange.text)
    outcome = Outcome(exchange.state).keep(subject=found.subject if found else None)
    if found:
        _answered(outcome, found)
    elif law:
        outcome.say(f"law.{law}")
    named = found.hotline if found else ""
    lead = say("rights.others" if named in HOTLINES else "rights.lead")
    outcome.text("\n".join([lead, *(say(f"rights.{number}") for number in HOTLINES if number != named)]))
    keep = "rights.keep_to_call" if named in HOTLINES else "rights.keep"
    return outcome.say(f"evidence.{law}" if law else keep).choices("policy")


async def training(exchange: Exchange) -> Outcome:
    """`training`: a curated answer where there is one."""
    found = await _found(exchange, "training")
    if isinstance(found, WhichPlace):
        return _asked(exchange, found)
    outcome = Outcome(exchange.state).keep(subject=found.subject if found else None)
    _answered(outcome, found) if found else outcome.say("training.none")
    return outcome.say("training.jobs").choices("policy")


async def same_matter(exchange: Exchange) -> Outcome:
    """桐城的呢, 怎么领: goes on with the matter spoken of last."""
    return _said(exchange, await _found(exchange, "policy", wished=False)) or _none(exchange, "policy.none")


async def known(exchange: Exchange) -> Outcome | None:
    """What has been curated of the matter that the message names, None where nothing has."""
    return _said(exchange, await _found(exchange, "policy"))


async def elsewhere(exchange: Exchange) -> Outcome:
    """其他: none of the districts that were named."""
    return Outcome(exchange.state).say("which_place.other").choices("policy")


async def _found(exchange: Exchange, topic: Topic, *, wished: bool = True) -> Answer | WhichPlace | None:
    """For the place that this message names, else (with `wished`) for where the seeker looks for work."""
    named = exchange.said.wishes.get("divisions") or (exchange.state.wishes.divisions if wished else ())
    return await exchange.desk.answer(
        exchange.text, topic=topic, divisions=tuple(named), subject=exchange.state.subject
    )


def _said(exchange: Exchange, found: Answer | WhichPlace | None) -> Outcome | None:
    if isinstance(found, WhichPlace):
        return _asked(exchange, found)
    if found is None:
        return None
    # an answer for one district may be followed by the name of another
    pending = "which_place" if found.differs else None
    return _answered(Outcome(exchange.state), found).keep(subject=found.subject, pending=pending).choices("policy")


def _none(exchange: Exchange, name: str) -> Outcome:
    return Outcome(exchange.state).keep(subject=None).say(name).choices("policy")


def _answered(outcome: Outcome, answer: Answer) -> Outcome:
    outcome.parts += [Text(line) for line in answer_lines(answer)]
    return outcome.link("policy.link", answer.link)


def _asked(exchange: Exchange, which: WhichPlace) -> Outcome:
    """Which district; the next message may answer it with its name alone."""
    outcome = Outcome(exchange.state).keep(subject=which.subject, pending="which_place")
    outcome.parts += [Text(line) for line in which_lines(which)]
    outcome.parts.append(Choices((*which.places, say("which_place.choice_other"))))
    return outcome
