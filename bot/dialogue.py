"""`answer`: one turn of a conversation, from what the seeker did to what the bot says and remembers."""

from dataclasses import replace

from bot.context import in_context
from bot.desk import Desk
from bot.job import Job
from bot.phrases import say
from bot.replies import following, jobs, queue
from bot.replies.exchange import Exchange, Outcome
from bot.replies.sent import meaning, received
from bot.reply import Reply, Text
from bot.routing import route
from bot.turn import Scan, Sent, State, Turn
from bot.understanding import Understanding, understand

# what may stand between two questions about one policy
_BESIDE_A_MATTER = ("ask_policy", "ask_rights", "training", "thanks", "greet", "help", "unknown", "human")


async def answer(turn: Turn, state: State, desk: Desk) -> tuple[Reply, State]:
    """The reply to one turn and the state for the next. A reply without parts is silence: a person is there."""
    if turn.scan:
        return await _scanned(turn.scan, state, desk)
    if turn.sent:
        return await _sent(turn.sent, state, desk)
    said = understand(turn.text, in_context=state.job is not None, trades=desk.trades)
    said = in_context(said, turn.text, state, trades=desk.trades)
    if await desk.with_human() and not said.release:
        return Reply(intent=said.intent, slots=said.slots, wishes=state.wishes), state
    exchange = Exchange(turn.text, said, replace(state, pending=None), state.pending, desk)
    intent, handler = route(exchange)
    intent, outcome = await following.curated(exchange, intent) or (intent, await handler(exchange))
    if intent != "unknown":
        outcome.keep(misses=0)
    if intent not in _BESIDE_A_MATTER:
        outcome.keep(subject=None)
    return _reply(outcome, intent, said), outcome.state


async def _scanned(scan: Scan, state: State, desk: Desk) -> tuple[Reply, State]:
    intent = "job_detail" if scan.kind == "job" else "join_interview"
    said = Understanding(intent)
    exchange = Exchange("", said, replace(state, pending=None, misses=0), state.pending, desk)
    job = await _job_of(scan, desk)
    if await desk.with_human():  # who sits there sees the job that it is about
        return Reply(intent=intent, wishes=state.wishes), replace(state, job=job.key) if job else state
    if job is None:
        outcome = Outcome(exchange.state).say("detail.unknown_code").choices("start")
    elif scan.kind == "job":
        outcome = await jobs.scanned(exchange, job)
    else:
        outcome = await queue.joined(exchange, job)
    return _reply(outcome, intent, said), outcome.state


async def _sent(sent: Sent, state: State, desk: Desk) -> tuple[Reply, State]:
    """A location is a search there; of the rest the bot says what it can take instead."""
    said = meaning(sent)
    if await desk.with_human():
        return Reply(intent=said.intent, slots=said.slots, wishes=state.wishes), state
    outcome = await received(Exchange("", said, replace(state, pending=None), state.pending, desk), sent)
    return _reply(outcome, said.intent, said), outcome.state


async def _job_of(scan: Scan, desk: Desk) -> Job | None:
    if scan.key is not None:
        return await desk.job(scan.key)
    if scan.number is not None:
        found = await desk.job_by_number(scan.number)
        return found[0] if found else None
    return await desk.on_air()


def _reply(outcome: Outcome, intent: str, said: Understanding) -> Reply:
    parts = outcome.parts or [Text(say("talk.okay"))]
    # what the conversation made another intent of has kept its reference at most
    slots = said.slots if intent == said.intent else {name: said.slots[name] for name in said.slots if name == "ref"}
    return Reply(parts, intent, slots, outcome.state.wishes, outcome.actions)
