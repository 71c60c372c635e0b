"""Which handler answers a message: that of its intent, or what the conversation makes of it."""

from bot.context import spoken
from bot.replies import data, following, jobs, news, others, people, policies, question, queue, search, talk
from bot.replies.exchange import Exchange, Handler
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
# what a message with a telephone number, a bare name, a search from the job in context may have been taken for
_NUMBERED = ("unknown", "join_interview", "apply", "job_detail", "find_jobs", "greet", "my_data")
_NAMELESS = ("unknown", "find_jobs")
# what a 好的 or a 不同意 that answers nothing may have been taken for
_POLITE = ("unknown", "greet", "thanks")
_NO_SEARCH = ("find_jobs", "more_jobs", "ask_job", "job_detail", "help")
_ONWARD = ("unknown", "find_jobs", "more_jobs", "ask_job", "job_detail")
_PARTICLES = "啊呀吧呢哦的了啦"


def route(exchange: Exchange) -> tuple[str, Handler]:
    """The intent as the conversation has it, which may be the answer to a question of the bot."""
    said, pending = exchange.said, exchange.pending
    if said.release:
        return said.intent, talk.back
    if pending in _WHICH and said.intent == "job_detail" and "ref" in said.slots:
        return _WHICH[pending], _HANDLERS[_WHICH[pending]]
    consent = _consent(exchange.text)
    answered = _to_question(exchange, consent=consent) or following.goes_on(exchange)
    if answered:
        return answered
    if consent is not None and said.intent in (*_POLITE, *_NO_SEARCH):
        return said.intent if said.intent in _POLITE else "unknown", talk.okay
    return _from_the_job(exchange) or (said.intent, _HANDLERS[said.intent])


def _to_question(exchange: Exchange, *, consent: bool | None) -> tuple[str, Handler] | None:
    """What a yes, a no, a name or a telephone number means after what the bot asked."""
    pending, said = exchange.pending, exchange.said
    if pending == "forget" and consent is not None:
        return "my_data", data.erased if consent else data.kept
    if pending == "join" and (consent is not None or spoken("not_now", exchange.text)):
        return "join_interview", queue.agreed if consent else queue.declined
    named = pending == "join" and said.intent in _NAMELESS and _is_a_name(exchange)
    numbered = said.intent in _NUMBERED and not said.wishes and TELEPHONE.search(clean(exchange.text))
    return ("join_interview", queue.details) if named or numbered else None


def _is_a_name(exchange: Exchange) -> bool:
    """Nothing but a person's name; one that was guessed to be a trade is in no list of trades."""
    guessed = set(exchange.said.wishes) <= {"keywords"} and not exchange.desk.trades.lexicon.search(exchange.text)
    return guessed and spoken("name", exchange.text) is not None


def _from_the_job(exchange: Exchange) -> tuple[str, Handler] | None:
    """A search that begins at the job in context: its employer's other jobs, or others like it."""
    said, state = exchange.said, exchange.state
    if not state.job or said.intent not in _ONWARD or "ref" in said.slots:
        return None
    if spoken("same_employer", exchange.text):
        return "find_jobs", others.of_employer
    anew = said.intent == "more_jobs" and not state.seen and not state.wishes
    return ("more_jobs", others.like_it) if anew or spoken("alike", exchange.text) else None


def _consent(text: str) -> bool | None:
    """Whether the whole message is a yes or a no."""
    plain = flat(clean(text)).rstrip(_PARTICLES)
    answers = words_of("answers")
    for words, value in ((answers["yes"], True), (answers["no"], False)):
        if plain in words or plain in {word.rstrip(_PARTICLES) for word in words}:
            return value
    return None
