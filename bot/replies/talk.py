"""Greeting, thanks, goodbye, help, and the honest 没听懂."""

from dataclasses import replace

from bot.replies.exchange import Exchange, Outcome


async def greet(exchange: Exchange) -> Outcome:
    outcome = Outcome(exchange.state).say("talk.greet")
    count = await exchange.desk.open_jobs()
    if count:
        outcome.say("talk.greet_count", count=count)
    return outcome.choices("start")


async def thanks(exchange: Exchange) -> Outcome:
    return Outcome(exchange.state).say("talk.thanks")


async def bye(exchange: Exchange) -> Outcome:
    return Outcome(exchange.state).say("talk.bye")


async def bot_help(exchange: Exchange) -> Outcome:
    return Outcome(exchange.state).say("talk.help").choices("start")


async def unknown(exchange: Exchange) -> Outcome:
    """Says what can be said instead; the second time in a row it offers a person first."""
    misses = exchange.state.misses + 1
    outcome = Outcome(replace(exchange.state, misses=misses))
    if not exchange.text.strip():
        return outcome.say("talk.empty").choices("start")
    return outcome.say("talk.unknown" if misses == 1 else "talk.unknown_again").choices("start")


async def back(exchange: Exchange) -> Outcome:
    """The bot is wanted again instead of a person."""
    await exchange.desk.release_human()
    return Outcome(exchange.state).say("people.back").did("release").choices("start")


async def okay(exchange: Exchange) -> Outcome:
    return Outcome(exchange.state).say("talk.okay").choices("start")
