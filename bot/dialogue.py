"""`answer`: one turn of a conversation, from what the seeker did to what the bot says and remembers."""

from dataclasses import replace

from bot.desk import Desk
from bot.job import Job
from bot.phrases import say
from bot.replies import data, jobs, news, people, policies, question, queue, search, talk
from bot.replies.exchange import Exchange, Handler, Outcome
from bot.reply import Reply, Text
from bot.turn import Scan, State, Turn
from bot.understanding import Understanding, understand
from bot.understanding.spelling import clean, flat
from bot.understanding.telephone import TELEPHONE
from bot.understanding.vocabulary import words_of

_HANDLERS: dict[str, Handler] = {
    "find_jobs": search.find_jobs,
    "more_jobs": search.more_jobs,
    "job_detail": jobs.detail,
    "ask_job": question.ask_job,
    "apply": queue.apply,
    "join_interview": queue.join,
    "my_interviews": queue.my_interviews,
    "cancel_interview": queue.cancel,
    "ask_policy": policies.policy,
    "ask_rights": policies.rights,
    "training": policies.training,
    "subscribe": news.subscribe,
    "human": people.human,
    "report_posting": people.report_posting,
    "my_data": data.my_data,
    "greet": talk.greet,
    "thanks": talk.thanks,
    "bye": talk.bye,
    "help": talk.bot_help,
    "unknown": talk.unknown,
}
# what a bare 第一个 means after the bot has asked which
_WHICH = {"which_join": "join_interview", "which_apply": "apply", "which_leave": "cancel_interview"}


async def answer(turn: Turn, state: State, desk: Desk) -> tuple[Reply, State]:
    """The reply to one turn and the state for the next. A reply without parts is silence: a person is there."""
    if turn.scan:
        return await _scanned(turn.scan, state, desk)
    said = understand(turn.text, in_context=state.job is not None, trades=desk.trades)
    if await desk.with_human() and not said.release:
        return Reply(intent=said.intent, slots=said.slots, wishes=state.wishes), state
    exchange = Exchange(turn.text, said, replace(state, pending=None), state.pending, desk)
    intent, handler = _route(exchange)
    outcome = await handler(exchange)
    if intent != "unknown":
        outcome.keep(misses=0)
    return _reply(outcome, intent, said), outcome.state


def _route(exchange: Exchange) -> tuple[str, Handler]:
    """The intent as the conversation has it, which may be the answer to a question of the bot."""
    said, pending = exchange.said, exchange.pending
    if said.release:
        return said.intent, talk.back
    if pending in _WHICH and said.intent == "job_detail" and "ref" in said.slots:
        return _WHICH[pending], _HANDLERS[_WHICH[pending]]
    consent = _consent(exchange.text)
    answered = _to_question(pending, consent=consent)
    if answered:
        return answered
    if said.intent in ("unknown", "join_interview", "apply", "job_detail") and TELEPHONE.search(clean(exchange.text)):
        return "join_interview", queue.details
    if consent is not None and said.intent == "unknown":
        return said.intent, talk.okay
    return said.intent, _HANDLERS[said.intent]


def _to_question(pending: str | None, *, consent: bool | None) -> tuple[str, Handler] | None:
    """What a yes or a no means after what the bot asked."""
    if pending == "forget" and consent is not None:
        return "my_data", data.erased if consent else data.kept
    return ("join_interview", queue.details) if pending == "join" and consent else None


def _consent(text: str) -> bool | None:
    """Whether the whole message is a yes or a no."""
    plain = flat(clean(text)).rstrip("啊呀吧呢哦的了啦")
    answers = words_of("answers")
    for words, value in ((answers["yes"], True), (answers["no"], False)):
        if plain in words or plain in {word.rstrip("啊呀吧呢哦的了啦") for word in words}:
            return value
    return None


async def _scanned(scan: Scan, state: State, desk: Desk) -> tuple[Reply, State]:
    intent = "job_detail" if scan.kind == "job" else "join_interview"
    said = Understanding(intent)
    exchange = Exchange("", said, replace(state, pending=None, misses=0), state.pending, desk)
    job = await _job_of(scan, desk)
    if job is None:
        outcome = Outcome(exchange.state).say("detail.unknown_code").choices("start")
    elif scan.kind == "job":
        outcome = await jobs.scanned(exchange, job)
    else:
        outcome = await queue.joined(exchange, job)
    return _reply(outcome, intent, said), outcome.state


async def _job_of(scan: Scan, desk: Desk) -> Job | None:
    if scan.key is not None:
        return await desk.job(scan.key)
    if scan.number is not None:
        found = await desk.job_by_number(scan.number)
        return found[0] if found else None
    return await desk.on_air()


def _reply(outcome: Outcome, intent: str, said: Understanding) -> Reply:
    parts = outcome.parts or [Text(say("talk.okay"))]
    return Reply(parts, intent, said.slots, outcome.state.wishes, outcome.actions)
