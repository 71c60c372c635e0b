"""A job for search engines: JobPosting as JSON-LD (schema.org/JobPosting)."""

import json
from datetime import datetime, time
from typing import Any

from markupsafe import Markup, escape

from app.base.clock import SHANGHAI, local_day
from app.postings.models import Listing
from app.web.seeker.jobs import benefit_words, place_line
from bot.job import Job
from bot.terms.divisions import NAMES as DIVISIONS
from bot.terms.pay import Pay
from bot.wording import age_words, education_words, experience_words, headcount_words, pay_words

_UNITS = {"hour": "HOUR", "day": "DAY", "month": "MONTH", "year": "YEAR"}
_TYPES = {"full_time": "FULL_TIME", "part_time": "PART_TIME", "temporary": "TEMPORARY", "intern": "INTERN"}
# what EducationalOccupationalCredential.credentialCategory is called where search engines read it
_CREDENTIALS = {
    "senior_high": "high school",
    "vocational": "professional certificate",
    "associate": "associate degree",
    "bachelor": "bachelor degree",
    "master": "postgraduate degree",
    "doctor": "postgraduate degree",
}
_MONTHS_A_YEAR = 12
# as \u003c and so on, so that no text can end the script element or begin a comment
_UNSAFE = {ord(mark): f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"}


def job_posting(listing: Listing, job: Job) -> Markup:
    """The text of the page's JSON-LD element. Pay that is unknown, by the piece or negotiable is left out."""
    text = json.dumps(_without_blanks(_posting(listing, job)), ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_UNSAFE))  # noqa: S704 - nothing that HTML knows is left in it


def _posting(listing: Listing, job: Job) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": job.title,
        "description": _description(job),
        "datePosted": local_day(listing.added_at).isoformat(),
        "validThrough": _valid_through(job),
        "employmentType": _TYPES.get(job.job_type),
        "hiringOrganization": {"@type": "Organization", "name": job.employer},
        "identifier": {"@type": "PropertyValue", "name": job.employer, "value": listing.posting.public_id},
        "jobLocation": _location(job),
        "baseSalary": _salary(job.pay),
        "totalJobOpenings": job.headcount,
        "jobBenefits": "、".join(benefit_words(job)),
        "educationRequirements": _education(job.education),
        "experienceRequirements": _experience(job.experience_years),
        "directApply": True,
    }


def _description(job: Job) -> str:
    """HTML, as search engines expect it: the duties, or what is known of the job."""
    facts = (pay_words(job.pay), place_line(job), "、".join(benefit_words(job)), education_words(job.education))
    asked = (experience_words(job), age_words(job), headcount_words(job))
    text = job.description or "，".join(fact for fact in (job.title, *facts, *asked) if fact)
    return str(escape(text)).replace("\n", "<br>")


def _valid_through(job: Job) -> str | None:
    """The end of the last day, in Shanghai."""
    if job.valid_until is None:
        return None
    return datetime.combine(job.valid_until, time(23, 59, 59), tzinfo=SHANGHAI).isoformat()


def _location(job: Job) -> dict[str, Any]:
    """Province, city with county, and address, as far as each is known."""
    names = _division_names(job.division)
    address = {
        "@type": "PostalAddress",
        "addressCountry": "CN",
        "addressRegion": names[0] if names else None,
        "addressLocality": "".join(names[1:]),
        "streetAddress": job.address,
    }
    return {"@type": "Place", "address": _without_blanks(address)}


def _division_names(code: str | None) -> list[str]:
    """From the province down."""
    division = DIVISIONS.get(code or "")
    return [*_division_names(division.parent), division.name] if division else []


def _salary(pay: Pay) -> dict[str, Any] | None:
    unit = _UNITS.get(pay.period or "")
    if unit is None or pay.negotiable or (pay.min is None and pay.max is None):
        return None
    value: dict[str, Any] = {"@type": "QuantitativeValue", "unitText": unit}
    value |= {"value": pay.min} if pay.min == pay.max else _without_blanks({"minValue": pay.min, "maxValue": pay.max})
    return {"@type": "MonetaryAmount", "currency": "CNY", "value": value}


def _education(level: str) -> Any:
    if level == "any":
        return "no requirements"
    category = _CREDENTIALS.get(level)
    return category and {"@type": "EducationalOccupationalCredential", "credentialCategory": category}


def _experience(years: int) -> Any:
    if not years:
        return "no requirements"
    return {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": years * _MONTHS_A_YEAR}


def _without_blanks(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value not in (None, "")}
