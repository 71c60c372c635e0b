"""What was sent that is neither words nor a code: said to be so, with what can be taken instead."""

from typing import Any

from bot.phrases import say
from bot.replies import search, talk
from bot.replies.exchange import Exchange, Outcome
from bot.terms.divisions import NAMES
from bot.turn import Sent
from bot.understanding import Understanding


def name_of(sent: Sent) -> str:
    """What stands in a transcript in its place; following the account leaves nothing there."""
    return "" if sent.kind == "follow" else say(f"sent.name_{sent.kind}")


def meaning(sent: Sent) -> Understanding:
    """A location that is known is a wish for jobs there; a new follower is greeted; with the rest help is needed."""
    if sent.kind == "location" and sent.division in NAMES:
        wishes: dict[str, Any] = {"divisions": [sent.division]}
        return Understanding("find_jobs", wishes, wishes)
    return Understanding("greet" if sent.kind == "follow" else "help")


async def received(exchange: Exchange, sent: Sent) -> Outcome:
    """The answer to what was sent."""
    if exchange.said.intent == "find_jobs" and sent.division:
        outcome = await search.find_jobs(exchange)
        return outcome.say_first("sent.near", place=NAMES[sent.division].name)
    if sent.kind == "follow":
        return await talk.greet(exchange)
    return Outcome(exchange.state).say(f"sent.{sent.kind}").choices("start")
