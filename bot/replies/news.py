"""New jobs that fit: told of from now on, or no more; and the message that tells of them."""

from collections.abc import Sequence

from bot.job import Job
from bot.matching import reasons
from bot.phrases import labels, say
from bot.replies.exchange import Exchange, Outcome
from bot.replies.gathering import gathered
from bot.replies.listing import PAGE
from bot.replies.wish_words import wish_words
from bot.reply import Card, Cards, Choices, Part, Text
from bot.wishes import NO_WISHES, Wishes


async def subscribe(exchange: Exchange) -> Outcome:
    """`subscribe`: to the wishes so far with those of this message, or no more."""
    if exchange.said.stop:
        return await _stop(exchange)
    wishes = gathered(exchange.state.wishes, exchange.said, exchange.text)
    outcome = Outcome(exchange.state)
    if not await exchange.desk.subscribe(wishes):
        return outcome.say("subscribe.cannot").choices("start")
    outcome.did("subscribe", wishes=wishes.as_json()).keep(wishes=wishes)
    if wishes == NO_WISHES:
        outcome.say("subscribe.done_any")
    else:
        outcome.say("subscribe.done", wishes=wish_words(wishes))
    return outcome.say("subscribe.lasts").choices("subscribed")


async def _stop(exchange: Exchange) -> Outcome:
    outcome = Outcome(exchange.state)
    if not await exchange.desk.unsubscribe():
        return outcome.say("subscribe.none").choices("start")
    return outcome.say("subscribe.stopped").did("unsubscribe").choices("start")


def new_jobs(jobs: Sequence[Job], wishes: Wishes) -> list[Part]:
    """The message for at least one new job: how many there are, the first of them as cards, and how to stop it."""
    page = jobs[:PAGE]
    cards = tuple(Card(job, reasons(job, wishes), ordinal) for ordinal, job in enumerate(page, 1))
    parts: list[Part] = [Text(_heading(len(jobs), wishes)), Cards(cards)]
    more = len(jobs) > len(page)
    if more:
        parts.append(Text(say("news.more")))
    return [*parts, Text(say("news.stop")), Choices(labels("news_more" if more else "news"))]


def _heading(count: int, wishes: Wishes) -> str:
    name = "one" if count == 1 else "several" if count <= PAGE else "many"
    return say(
        f"news.{name}" if wishes else f"news.{name}_any", count=count, shown=min(count, PAGE), wishes=wish_words(wishes)
    )
