"""A list of jobs as it is shown: its heading, its cards, and what to do next."""

from bot.phrases import say
from bot.replies.exchange import Exchange, Outcome
from bot.replies.wish_words import dropped_words, wish_words
from bot.reply import Card, Cards
from bot.searching import Found
from bot.wishes import Wishes

PAGE = 5
"""Jobs on one page of a list."""

_HEADINGS = {
    ("few", True): "find.found_few",
    ("few", False): "find.found_few_any",
    ("some", True): "find.found",
    ("some", False): "find.found_any",
    ("many", True): "find.found_many",
    ("many", False): "find.found_many_any",
}


def heading(found: Found, wishes: Wishes) -> str:
    """How the jobs came about: what was asked for, and what was let go."""
    count, words = len(found.matches), wish_words(wishes)
    if found.near:
        return say("find.near", wishes=words)
    if found.dropped == ("keywords",):
        return _other_work(wishes)
    if found.dropped:
        return say("find.relaxed", wishes=words, dropped=dropped_words(found.dropped))
    # where not all were looked at nobody has counted
    extent = "many" if found.more else "few" if count <= PAGE else "some"
    return say(_HEADINGS[extent, bool(wishes)], wishes=words, count=count, shown=min(count, PAGE))


async def listed(exchange: Exchange, outcome: Outcome, found: Found) -> Outcome:
    """The first page of what was found, and one thing to do next: not the same one each time."""
    page = found.matches[:PAGE]
    reasons = {match.job.key: match.reasons for match in page}
    jobs = await exchange.desk.whole(list(reasons))
    outcome.parts.append(Cards(tuple(Card(job, reasons[job.key], n) for n, job in enumerate(jobs, 1))))
    outcome.did("find", found=len(found.matches), dropped=list(found.dropped), near=found.near)
    keys = tuple(job.key for job in jobs)
    before = exchange.state.job or exchange.state.before
    outcome.keep(shown=keys, seen=outcome.state.seen + keys, job=None, before=before, asked=None)
    more = len(found.matches) > PAGE
    outcome.say(_tip(exchange, outcome, more=more))
    return outcome.choices("list" if more else "list_end")


def _tip(exchange: Exchange, outcome: Outcome, *, more: bool) -> str:
    if not outcome.state.wishes:
        return "find.narrow_tip"
    if not exchange.state.shown:
        return "find.page_tip"
    return "find.more_tip" if more else "find.last_tip"


async def nothing(exchange: Exchange, outcome: Outcome) -> Outcome:
    """No job at all."""
    outcome.keep(shown=(), seen=(), job=None, asked=None).did("find", found=0, dropped=[], near=False)
    if not await exchange.desk.open_jobs():
        return outcome.say("find.none_at_all").choices("none")
    return outcome.say("find.none", wishes=wish_words(outcome.state.wishes)).choices("none")


def _other_work(wishes: Wishes) -> str:
    rest = wishes.without("keywords")
    work = "、".join(wishes.keywords)
    return say("find.other_work", work=work, wishes=wish_words(rest)) if rest else say("find.other_work_any", work=work)
