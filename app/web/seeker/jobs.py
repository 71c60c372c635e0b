"""Jobs as the seekers' pages show them: in words, in lists, grouped by employer."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.postings.jobs import job_of
from app.postings.models import Listing
from bot.job import Job
from bot.terms.benefits import NAMES as BENEFITS
from bot.terms.text import squeeze
from bot.wording import division_name, education_words, pay_words


@dataclass(frozen=True)
class EmployerJobs:
    """One employer's jobs in the order of the event."""

    name: str
    jobs: tuple[Job, ...]


def public_job(listing: Listing) -> Job:
    """The job with an address for lists, which needs no token: one is given when it is opened."""
    return job_of(listing, path=f"/e/{listing.event.public_id}/{listing.number}")


def by_employer(jobs: Iterable[Job]) -> list[EmployerJobs]:
    """Employers in the order of their first job."""
    groups: dict[str, list[Job]] = {}
    for job in jobs:
        groups.setdefault(job.employer, []).append(job)
    return [EmployerJobs(name, tuple(own)) for name, own in groups.items()]


def benefit_words(job: Job) -> list[str]:
    """In the order of the contract."""
    return [name for code, name in BENEFITS.items() if code in job.benefits]


def district(job: Job) -> str:
    return division_name(job.division) if job.division else ""


def place_line(job: Job) -> str:
    """District and address, the district said once; empty where neither is known."""
    name = district(job)
    # 怀宁县 stands in 安庆怀宁高河镇 too, without its last character
    stem = name[:-1] if len(name) > 2 else name  # noqa: PLR2004 - 郊区 without it is a word of any text
    return job.address if not name or stem in job.address else f"{name} {job.address}".strip()


def matches(job: Job, words: str) -> bool:
    """Whether each of the typed words is somewhere in what the job's page shows."""
    shown = (job.title, job.employer, place_line(job), pay_words(job.pay), education_words(job.education))
    text = squeeze("|".join((*shown, *benefit_words(job), job.description, job.number or ""))).lower()
    return all(squeeze(word).lower() in text for word in words.split())
