"""New jobs that fit: told of from now on, or no more."""

from bot.replies.exchange import Exchange, Outcome
from bot.replies.search import gathered
from bot.replies.wish_words import wish_words
from bot.wishes import NO_WISHES


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
