"""A desk over a list of jobs in memory, for one seeker: for tests, and for trying the library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.answers.book import Book
from bot.answers.entry import Topic
from bot.desk import Answer, HumanResult, JoinResult, MyData, Place, WhichPlace
from bot.fitting import may_take, unmet
from bot.job import Job
from bot.matching import pain, rank
from bot.offer import Candidate, candidate_of
from bot.sought import Sought
from bot.understanding.trades import Trades, standard_trades
from bot.wishes import Wishes


@dataclass
class MemoryDesk:
    """`known`: the seeker has given name and telephone; `waiting`: others in a queue, by employer."""

    jobs: Iterable[Job]
    known: bool = False
    waiting: dict[str, int] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    book: Book = field(default_factory=lambda: Book(()))
    today: date = date(2026, 3, 6)
    person: HumanResult = field(default_factory=lambda: HumanResult(present=False, taken=False))
    reports: list[tuple[str | None, str]] = field(default_factory=list)
    subscriptions: list[Wishes] = field(default_factory=list)
    taken_over: bool = False
    trades: Trades = field(default_factory=standard_trades)
    _places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._jobs = {job.key: job for job in self.jobs}

    async def candidates(
        self, wishes: Wishes, words: Sequence[Sought], limit: int, *, milder: bool = False
    ) -> list[Candidate]:
        open_jobs = [candidate_of(job) for job in self._jobs.values() if job.is_open]
        found = [job for job in open_jobs if may_take(job, wishes, self.trades) and _speaks_of(job, words)]
        if milder:
            return sorted(found, key=lambda job: pain(unmet(job, wishes)))[:limit]
        return [job for job in found if not unmet(job, wishes)][:limit]

    async def whole(self, keys: Sequence[str]) -> list[Job]:
        return [self._jobs[key] for key in keys if key in self._jobs]

    async def job(self, key: str) -> Job | None:
        return self._jobs.get(key)

    async def job_by_number(self, number: str) -> list[Job]:
        return [job for job in self._jobs.values() if job.number == number]

    async def on_air(self) -> Job | None:
        return next((job for job in self._jobs.values() if job.is_open), None)

    async def open_jobs(self) -> int:
        return sum(job.is_open for job in self._jobs.values())

    async def similar(self, job: Job, limit: int) -> list[Job]:
        trades = tuple(match[0] for match in self.trades.lexicon.finditer(job.title.lower())) or (job.title,)
        others = [other for other in self._jobs.values() if other.key != job.key]
        wishes = Wishes(keywords=trades)
        nearest = rank(others, wishes, self.trades).jobs + rank(others, wishes, self.trades, near=True).jobs
        return list({job.key: job for job in nearest}.values())[:limit]

    async def join(self, job: Job) -> JoinResult:
        held = next((place for place in self._places if place.employer == job.employer), None)
        if held:
            return JoinResult(status="joined", number=held.number, ahead=held.ahead)
        if not self.known:
            return JoinResult(status="needs_details", link=job.interview_path)
        ahead = self.waiting.get(job.employer, 0)
        self._places.insert(0, _place(job, ahead))
        return JoinResult(status="joined", number=ahead + 1, ahead=ahead)

    async def places(self) -> list[Place]:
        return list(self._places)

    async def leave(self, place: Place) -> bool:
        held = [other for other in self._places if other.key == place.key]
        self._places = [other for other in self._places if other.key != place.key]
        return bool(held)

    async def answer(
        self, question: str, *, topic: Topic, divisions: tuple[str, ...], subject: str | None
    ) -> Answer | WhichPlace | None:
        found = next((answer for words, answer in self.answers.items() if words in question), None)
        today = self.today
        return found or self.book.answer(question, topic=topic, divisions=divisions, subject=subject, today=today)

    async def call_human(self, text: str) -> HumanResult:  # noqa: ARG002 - nobody to hand it to
        self.taken_over = self.person.taken
        return self.person

    async def with_human(self) -> bool:
        return self.taken_over

    async def release_human(self) -> None:
        self.taken_over = False

    async def report(self, job: Job | None, text: str) -> bool:
        self.reports.append((job.key if job else None, text))
        return True

    async def subscribe(self, wishes: Wishes) -> bool:
        self.subscriptions[:] = [wishes]
        return True

    async def unsubscribe(self) -> bool:
        had = bool(self.subscriptions)
        self.subscriptions.clear()
        return had

    async def my_data(self) -> MyData:
        return MyData(kinds=("姓名", "电话", "排队记录") if self.known else ())

    async def forget_me(self) -> bool:
        had, self.known, self._places = self.known, False, []
        return had


def _place(job: Job, ahead: int) -> Place:
    return Place(key=job.employer, employer=job.employer, jobs=(job,), number=ahead + 1, ahead=ahead)


def _speaks_of(job: Candidate, words: Sequence[Sought]) -> bool:
    return not words or any(
        _names(text, names)
        for word in words
        for text, names in ((job.title, word.title), (job.description, word.description), (job.employer, word.employer))
    )


def _names(text: str, words: Sequence[str]) -> bool:
    return any(word in text.lower() for word in words)
