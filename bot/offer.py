"""A job as far as a search looks at it, so that hundreds can be weighed without reading them whole."""

from typing import NamedTuple, Protocol

from bot.job import Job
from bot.terms.pay import Pay


class Offer(Protocol):
    """What a search asks of a job; a whole `Job` has it too."""

    @property
    def key(self) -> str: ...
    @property
    def is_open(self) -> bool: ...
    @property
    def employer(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def pay(self) -> Pay: ...
    @property
    def division(self) -> str | None: ...
    @property
    def benefits(self) -> frozenset[str]: ...
    @property
    def education(self) -> str: ...
    @property
    def experience_years(self) -> int: ...
    @property
    def age_min(self) -> int | None: ...
    @property
    def age_max(self) -> int | None: ...
    @property
    def job_type(self) -> str: ...
    @property
    def employment(self) -> str: ...
    @property
    def description(self) -> str: ...


class Candidate(NamedTuple):
    """An open job that may fit: the columns a search weighs, and none of those that only a reader wants."""

    key: str
    employer: str
    title: str
    pay: Pay
    division: str | None
    benefits: frozenset[str]
    education: str
    experience_years: int
    age_min: int | None
    age_max: int | None
    job_type: str
    employment: str
    description: str

    @property
    def is_open(self) -> bool:
        """Others are no candidates."""
        return True


def candidate_of(job: Job) -> Candidate:
    return Candidate._make(getattr(job, name) for name in Candidate._fields)
