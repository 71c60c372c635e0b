"""Questions about a job, answered from its posting; what the posting does not say is said to be unsaid."""

from bot.context import spoken
from bot.job import Job
from bot.phrases import labels, say, table
from bot.replies.comparing import compared
from bot.replies.exchange import Exchange, Outcome
from bot.replies.facts import Question, fact
from bot.replies.jobs import closed
from bot.replies.pick import pick
from bot.replies.quoting import quoted, topics_in
from bot.replies.several import several
from bot.reply import Choices
from bot.wording import job_name

# what each job of a list says of these fits on a line; for the others the bot asks which job is meant
_IN_A_LINE = ("pay", "place", "benefits", "insurance", "education", "age", "experience", "headcount", "employer")
_MOST_IN_LIST = 5


async def ask_job(exchange: Exchange) -> Outcome:
    """`ask_job`: about one job, or about several of the list."""
    field = exchange.said.slots.get("field", "duties")
    jobs = await several(exchange) or await _all_shown(exchange, field)
    if jobs:
        return compared(exchange, jobs, field).keep(asked=field)
    job = await pick(exchange, ask="fields.which", pending="which_ask")
    if isinstance(job, Outcome):
        return job.keep(asked=field)
    if not job.is_open:
        return await closed(exchange, job)
    outcome = Outcome(exchange.state).about(job).keep(asked=field)
    told = answer(job, field, exchange)
    known = exchange.state.job == job.key and "ref" not in exchange.said.slots
    outcome.text(told if known else say("fields.of", job=job_name(job), answer=told))
    outcome.parts.append(Choices(_next_questions(field)))
    return outcome


def answer(job: Job, field: str, exchange: Exchange) -> str:
    """What the posting says of the matter asked for: of a topic in its own words, and of the field."""
    # 要不要大专 names a level, and it is not the seeker's
    said = exchange.said.wishes if spoken("own", exchange.text) else {}
    own = {**exchange.state.wishes.as_json(), **said}
    asked = Question(job, exchange.text, age=own.get("age"), education=own.get("education"))
    topics = topics_in(exchange.text)
    words = [quoted(job, topic.said) for topic in topics]
    unsaid = [topic.name for topic, said in zip(topics, words, strict=True) if not said]
    lines = [say("fields.quoted", words=said) for said in words if said]
    stated = fact(field, asked)
    # where a topic of its own was asked for, a field that says nothing of it either is not mentioned
    if not topics or (stated.said and any(field in topic.fields for topic in topics)):
        lines.append(stated.text)
    if unsaid:
        lines.append(say("fields.unsaid", topic="、".join(unsaid)))
    return "".join(dict.fromkeys([*lines, *(topic.note for topic in topics)]))


def _next_questions(field: str) -> tuple[str, ...]:
    """To be interviewed, and what else might be asked."""
    asks: dict[str, str] = table()["asks"]
    return (labels("job")[0], *[ask for name, ask in asks.items() if name != field][:3])


async def _all_shown(exchange: Exchange, field: str) -> list[Job]:
    """The jobs of the list, where none of them is in context and what is asked fits on a line each."""
    state = exchange.state
    earlier = state.before and spoken("earlier", exchange.text)
    if state.job or earlier or "ref" in exchange.said.slots or field not in _IN_A_LINE:
        return []
    jobs = [job for job in await exchange.desk.whole(state.shown[:_MOST_IN_LIST]) if job.is_open]
    return jobs if len(jobs) > 1 else []
