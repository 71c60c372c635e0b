"""The interview queue: join it, see where one stands, leave it."""

from bot.desk import JoinResult, Place
from bot.job import Job
from bot.replies.exchange import Exchange, Outcome
from bot.replies.jobs import closed
from bot.replies.pick import pick
from bot.wording import job_name


async def join(exchange: Exchange) -> Outcome:
    """`join_interview`."""
    job = await pick(exchange, ask="queue.which_join", pending="which_join")
    return job if isinstance(job, Outcome) else await joined(exchange, job)


async def apply(exchange: Exchange) -> Outcome:
    """`apply`: to apply is to join the queue."""
    job = await pick(exchange, ask="queue.which_apply", pending="which_apply")
    if isinstance(job, Outcome):
        return job
    outcome = await joined(exchange, job)
    return outcome.say_first("queue.apply_lead") if job.is_open else outcome


async def joined(exchange: Exchange, job: Job, *, asking: str = "needs_details") -> Outcome:
    """What came of asking the desk for a place; `asking`: the phrase that asks for name and telephone if missing."""
    if not job.is_open:
        return await closed(exchange, job)
    result = await exchange.desk.join(job)
    outcome = Outcome(exchange.state).about(job)
    if result.status == "closed":
        return outcome.say("queue.closed_queue", job=job_name(job)).choices("closed")
    if result.status == "joined":
        return _standing(outcome, job, result)
    outcome.say(f"queue.{asking}", job=job_name(job))
    if asking == "needs_details":
        outcome.did("needs_details", job=job.number, link=result.link)
    return outcome.keep(pending="join").link("queue.details_link", result.link).choices("joining")


async def details(exchange: Exchange) -> Outcome:
    """Name or telephone typed into the chat: they are given on their own page."""
    return await _on_the_page(exchange, "details_here")


async def agreed(exchange: Exchange) -> Outcome:
    """A yes, or that the page is filled in."""
    return await _on_the_page(exchange, "details_again")


async def _on_the_page(exchange: Exchange, asking: str) -> Outcome:
    job = await exchange.desk.job(exchange.state.job) if exchange.state.job else None
    if job is None:
        return Outcome(exchange.state).say("queue.first_find").choices("start")
    return await joined(exchange, job, asking=asking)


async def declined(exchange: Exchange) -> Outcome:
    """No to the name and the telephone number: nothing is asked again."""
    return Outcome(exchange.state).say("queue.declined").choices("job" if exchange.state.job else "start")


async def my_interviews(exchange: Exchange) -> Outcome:
    """`my_interviews`."""
    places = await exchange.desk.places()
    outcome = Outcome(exchange.state)
    if not places:
        return outcome.say("queue.none").choices("start")
    outcome.say("queue.places")
    for place in places:
        _line(outcome, place)
    return outcome.choices("queued")


async def cancel(exchange: Exchange) -> Outcome:
    """`cancel_interview`: the place named, the only one, or the question which."""
    places = [place for place in await exchange.desk.places() if place.state != "done"]
    outcome = Outcome(exchange.state)
    if not places:
        return outcome.say("queue.nothing_to_leave").choices("start")
    if "ref" in exchange.said.slots or (len(places) > 1 and exchange.state.job):
        return await _cancel_named(exchange, places)
    if len(places) == 1:
        return await _leave(exchange, places[0])
    return _which(exchange, places)


async def _cancel_named(exchange: Exchange, places: list[Place]) -> Outcome:
    job = await pick(exchange, ask="queue.which_leave", pending="which_leave")
    if isinstance(job, Outcome):
        return job
    held = [place for place in places if any(other.key == job.key for other in place.jobs)]
    if held:
        return await _leave(exchange, held[0])
    if "ref" in exchange.said.slots:
        return Outcome(exchange.state).say("queue.not_in_this", job=job_name(job)).choices("queued")
    return _which(exchange, places)


def _which(exchange: Exchange, places: list[Place]) -> Outcome:
    """The places take the list's part, so that 第一个 means the first of them."""
    outcome = Outcome(exchange.state).say("queue.which_leave")
    for place in places:
        _line(outcome, place)
    shown = tuple(place.jobs[0].key for place in places if place.jobs)
    return outcome.keep(pending="which_leave", shown=shown, job=None)


async def _leave(exchange: Exchange, place: Place) -> Outcome:
    outcome = Outcome(exchange.state)
    if not await exchange.desk.leave(place):
        return outcome.say("queue.left_already").choices("start")
    outcome.did("leave", number=place.number, employer=place.employer)
    return outcome.say("queue.left", **_named(place), number=place.number).choices("start")


def _standing(outcome: Outcome, job: Job, result: JoinResult) -> Outcome:
    named = {"employer": job.employer, "job": job_name(job), "number": result.number}
    if result.promised:
        outcome.say("queue.joined_late", **named)
        outcome.say("queue.promised", month=result.promised.month, day=result.promised.day)
    else:
        outcome.say("queue.joined", **named)
        _ahead(outcome, result.ahead, result.minutes)
    outcome.say("queue.keep").link("queue.open_place", result.link)
    return outcome.did("join", job=job.number, number=result.number, ahead=result.ahead).choices("queued")


def _line(outcome: Outcome, place: Place) -> None:
    outcome.say(f"queue.{place.state}", **_named(place), number=place.number)
    if place.state == "waiting":
        _ahead(outcome, place.ahead, place.minutes)
    elif place.state == "callback" and place.promised:
        outcome.say("queue.promised", month=place.promised.month, day=place.promised.day)
    elif place.state == "done" and place.outcome:
        outcome.say("queue.outcome", outcome=place.outcome)
    elif place.state == "done":
        outcome.say("queue.outcome_none")
    outcome.link("queue.open_place", place.link)


def _ahead(outcome: Outcome, ahead: int | None, minutes: int | None) -> None:
    if ahead == 0:
        outcome.say("queue.ahead_none")
    elif ahead is not None:
        outcome.say("queue.ahead", ahead=ahead)
        if minutes:
            outcome.say("queue.minutes", minutes=minutes)


def _named(place: Place) -> dict[str, str]:
    return {"employer": place.employer, "jobs": "、".join(job_name(job) for job in place.jobs)}
