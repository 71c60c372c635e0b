"""Several jobs of the list spoken of at once: 第一个和第二个哪个工资高, 这几个哪个包住."""

from bot.context import spoken
from bot.job import Job
from bot.replies.exchange import Exchange
from bot.terms.numerals import number
from bot.understanding.references import read_reference
from bot.understanding.sentence import Sentence
from bot.understanding.spelling import clean

_MOST = 5
_TWO = 2


async def several(exchange: Exchange) -> list[Job]:
    """The open jobs that a question is about, in the order they are named; empty where it is about one."""
    jobs: list[Job] = []
    for ref in _named(exchange):
        jobs += [job] if isinstance(ref, str) and (job := await _by_number(exchange, ref)) else []
        jobs += [job] if isinstance(ref, int) and (job := await _by_place(exchange, ref)) else []
    kept = [job for job in dict.fromkeys(jobs) if job.is_open]
    return kept[:_MOST] if len(kept) >= _TWO else []


def _named(exchange: Exchange) -> list[int | str]:
    refs, shown = references(exchange.text), len(exchange.state.shown)
    if len(refs) >= _TWO:
        return refs
    few = spoken("first_few", exchange.text)
    if few:
        return list(range(1, int(number(few["count"]) or _TWO) + 1))
    if refs:
        return []
    if shown >= _TWO and spoken("all_shown", exchange.text):
        return list(range(1, shown + 1))
    return [1, 2] if shown == _TWO and spoken("both", exchange.text) else []


def references(text: str) -> list[int | str]:
    """Every job that a message names, by its place in the list or by its spoken code."""
    sentence, found = Sentence(clean(text)), list[int | str]()
    while len(found) < _MOST and (ref := read_reference(sentence)) is not None:
        found.append(ref)
    return found


async def _by_place(exchange: Exchange, place: int) -> Job | None:
    shown = exchange.state.shown
    index = place - 1 if place > 0 else len(shown) + place
    return await exchange.desk.job(shown[index]) if 0 <= index < len(shown) else None


async def _by_number(exchange: Exchange, spoken_code: str) -> Job | None:
    found = await exchange.desk.job_by_number(spoken_code)
    return found[0] if len(found) == 1 else None
