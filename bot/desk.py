"""What the bot may ask of the world. Whoever runs the bot implements it for one seeker and one turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from bot.job import Job
from bot.offer import Candidate
from bot.sought import Sought
from bot.understanding.trades import Trades
from bot.wishes import Wishes


@dataclass(frozen=True, kw_only=True)
class JoinResult:
    """What came of joining an employer's queue.

    `joined` (now or before: joining twice gives the same place) carries `number` and, where known,
    `ahead` and `minutes`; after the show it carries `promised`, the day by which the employer calls.
    `needs_details` means that name, telephone and consent are still to be given on the page `link`.
    `closed` means that this job or its queue takes nobody any more.
    """

    status: Literal["joined", "needs_details", "closed"]
    number: int | None = None
    ahead: int | None = None
    minutes: int | None = None
    promised: date | None = None
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place of this seeker in an employer's queue; `jobs` are the postings it is for."""

    key: str
    employer: str
    jobs: tuple[Job, ...]
    number: int
    state: Literal["waiting", "called", "callback", "done"] = "waiting"
    ahead: int | None = None
    minutes: int | None = None
    promised: date | None = None
    """The day the employer calls back, with `callback`."""
    outcome: str | None = None
    """In the seeker's words (初步意向, 录用 ...), with `done`."""
    link: str | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A curated answer with its source; one that is past `valid_until` says so in the reply.

    `subject` is what the conversation goes on by (桐城的呢, 怎么领); `place` names where it holds if not everywhere,
    `differs` tells that other places have another; `period` says when it holds in words (2021年春节期间) where no exact
    day is known; `valid_from` is set if that day is still to come.
    """

    text: str
    source: str
    valid_until: date | None = None
    expired: bool = False
    link: str | None = None
    subject: str | None = None
    title: str = ""
    place: str = ""
    audience: str = ""
    amount: str = ""
    period: str = ""
    hotline: str = ""
    valid_from: date | None = None
    differs: bool = False


@dataclass(frozen=True, kw_only=True)
class WhichPlace:
    """The matter differs by district, and which is not known; `places` are the names of those with an answer.

    `missing` is the place that was asked about and has none. `expired` if no answer holds any more, `period` as in
    `Answer` if all have the same.
    """

    subject: str
    title: str
    places: tuple[str, ...]
    missing: str | None = None
    expired: bool = False
    period: str = ""


@dataclass(frozen=True, kw_only=True)
class HumanResult:
    """`taken`: people have the conversation now and the bot falls silent; not taken: nobody can be asked here.

    `present`: staff are at work; else they read it when they are (`hours`). `minutes`: how long the bot waits for an
    answer before it comes back. `fetched`: their words are seen only with the answer to the seeker's next message.
    """

    present: bool
    taken: bool = True
    hours: str | None = None
    minutes: int | None = None
    fetched: bool = False


@dataclass(frozen=True, kw_only=True)
class MyData:
    """`kinds`: what is held about this seeker, in plain words (姓名, 电话, 排队记录 ...), empty if nothing."""

    kinds: tuple[str, ...] = ()
    link: str | None = None
    """The page to see and export it, where there is one."""


class Desk(Protocol):
    """The bot's window on jobs, queues, answers and people."""

    @property
    def trades(self) -> Trades:
        """The vocabulary of trades with what staff added to it."""
        ...

    async def candidates(
        self, wishes: Wishes, words: Sequence[Sought], limit: int, *, milder: bool = False
    ) -> Sequence[Candidate]:
        """Open jobs that may fit, at most `limit`; what speaks of the `words` in its title before anything else.

        `words` are alternatives, empty for any job; the keywords of `wishes` are not looked at. Narrowed by all
        the other wishes, or where `milder` by what is never let go alone: then those come first whose unmet wishes
        are the least painful to let go. The bot filters again.
        """
        ...

    async def whole(self, keys: Sequence[str]) -> list[Job]:
        """The jobs of these keys that there are, open or not, in this order."""
        ...

    async def job(self, key: str) -> Job | None:
        """The job of that key as it is today, open or not; None if there never was one."""
        ...

    async def job_by_number(self, number: str) -> list[Job]:
        """Jobs with that spoken code, open or not, the event on air first; several events may have it."""
        ...

    async def on_air(self) -> Job | None:
        """The job on the screen now; with no show running the first open one; None if none is open."""
        ...

    async def open_jobs(self) -> int:
        """How many jobs are open."""
        ...

    async def similar(self, job: Job, limit: int) -> list[Job]:
        """Open jobs nearest to that one (which may be filled or withdrawn), without it."""
        ...

    async def join(self, job: Job) -> JoinResult:
        """Puts the seeker into the queue of the job's employer, or says what is missing."""
        ...

    async def places(self) -> list[Place]:
        """This seeker's places, the newest first, done ones too."""
        ...

    async def leave(self, place: Place) -> bool:
        """Gives up a place; False if it was gone or over already."""
        ...

    async def answer(
        self,
        question: str,
        *,
        topic: Literal["policy", "rights", "training"],
        divisions: tuple[str, ...],
        subject: str | None,
    ) -> Answer | WhichPlace | None:
        """The curated answer to the question for one of the `divisions` (codes, empty if none is known).

        A question that names no matter of its own (桐城的呢, 怎么领) goes on with that of `subject`. None where no
        answer is about the matter.
        """
        ...

    async def call_human(self, text: str) -> HumanResult:
        """Asks for a person, with what the seeker wrote."""
        ...

    async def with_human(self) -> bool:
        """Whether a person has this conversation now, so that the bot must be silent."""
        ...

    async def release_human(self) -> None:
        """The seeker wants the bot back."""
        ...

    async def report(self, job: Job | None, text: str) -> bool:
        """Hands a complaint to staff; False where it could not be recorded."""
        ...

    async def subscribe(self, wishes: Wishes) -> bool:
        """From now on tells the seeker of new jobs that fit, for these wishes only; False where that cannot be done."""
        ...

    async def unsubscribe(self) -> bool:
        """Tells of no more new jobs; False where the seeker was told of none."""
        ...

    async def my_data(self) -> MyData:
        """What is held about this seeker."""
        ...

    async def forget_me(self) -> bool:
        """Erases what is held about this seeker; False where there was nothing."""
        ...
