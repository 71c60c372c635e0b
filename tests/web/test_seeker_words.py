"""The pure parts of seekers' pages: what a posting is for search engines, what is taken out, what is read."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.postings.models import Listing, Posting
from app.web.seeker.dates import full_day_words, moment_words
from app.web.seeker.job_posting import job_posting
from app.web.seeker.jobs import place_line
from app.web.seeker.spoken import spoken_number
from bot.job import Job
from bot.terms.pay import Pay

JOB = Job(
    key="1",
    number="101",
    employer="怀宁县皖江精密铸造有限公司",
    title="电焊工",
    pay=Pay(min=6000, max=8000, period="month"),
    headcount=5,
    education="associate",
    experience_years=2,
    division="340822",
    address="高河镇工业园 8 号",
    benefits=frozenset({"meals", "housing"}),
    description="二保焊\n持证 <优先>",
    valid_until=date(2026, 3, 31),
)


def posting_of(job: Job) -> dict[str, Any]:
    listing = Listing(added_at=datetime(2026, 3, 5, 17, 0, tzinfo=UTC), posting=Posting(public_id="k7m3"))
    found: dict[str, Any] = json.loads(job_posting(listing, job))
    return found


def test_a_job_is_a_job_posting_of_schema_org() -> None:
    assert posting_of(JOB) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "电焊工",
        "description": "二保焊<br>持证 &lt;优先&gt;",
        "datePosted": "2026-03-06",
        "validThrough": "2026-03-31T23:59:59+08:00",
        "employmentType": "FULL_TIME",
        "hiringOrganization": {"@type": "Organization", "name": "怀宁县皖江精密铸造有限公司"},
        "identifier": {"@type": "PropertyValue", "name": "怀宁县皖江精密铸造有限公司", "value": "k7m3"},
        "jobLocation": {
            "@type": "Place",
            "address": {
                "@type": "PostalAddress",
                "addressCountry": "CN",
                "addressRegion": "安徽省",
                "addressLocality": "安庆市怀宁县",
                "streetAddress": "高河镇工业园 8 号",
            },
        },
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "CNY",
            "value": {"@type": "QuantitativeValue", "unitText": "MONTH", "minValue": 6000, "maxValue": 8000},
        },
        "totalJobOpenings": 5,
        "jobBenefits": "包吃、包住",
        "educationRequirements": {
            "@type": "EducationalOccupationalCredential",
            "credentialCategory": "associate degree",
        },
        "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": 24},
        "directApply": True,
    }


@pytest.mark.parametrize(
    ("pay", "value"),
    [
        (Pay(min=18.5, max=18.5, period="hour"), {"unitText": "HOUR", "value": 18.5}),
        (Pay(min=200, period="day"), {"unitText": "DAY", "minValue": 200}),
        (Pay(max=90000, period="year"), {"unitText": "YEAR", "maxValue": 90000}),
    ],
)
def test_known_pay_is_a_base_salary(pay: Pay, value: dict[str, Any]) -> None:
    assert posting_of(replace(JOB, pay=pay))["baseSalary"]["value"] == {"@type": "QuantitativeValue", **value}


@pytest.mark.parametrize(
    "pay",
    [
        Pay(negotiable=True),
        Pay(min=3000, max=5000, period="month", negotiable=True),
        Pay(min=3, max=5, period="piece"),
        Pay(period="month"),
        Pay(text="按公司规定"),
    ],
)
def test_pay_that_is_not_known_is_left_out(pay: Pay) -> None:
    assert "baseSalary" not in posting_of(replace(JOB, pay=pay))


def test_what_a_posting_does_not_say_is_left_out() -> None:
    bare = Job(key="1", number=None, employer="某公司", title="保安", pay=Pay(text="面谈"))
    assert posting_of(bare) == {
        "@context": "https://schema.org",
        "@type": "JobPosting",
        "title": "保安",
        "description": "保安，面谈，学历不限，不要求经验，没写年龄要求，没写招几个人",
        "datePosted": "2026-03-06",
        "employmentType": "FULL_TIME",
        "hiringOrganization": {"@type": "Organization", "name": "某公司"},
        "identifier": {"@type": "PropertyValue", "name": "某公司", "value": "k7m3"},
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressCountry": "CN"}},
        "educationRequirements": "no requirements",
        "experienceRequirements": "no requirements",
        "directApply": True,
    }


@given(st.text())
@example("</script><!--<script>\u2028\u2029]]>&amp;\\")
def test_no_text_can_leave_the_element(text: str) -> None:
    listing = Listing(added_at=datetime(2026, 3, 5, tzinfo=UTC), posting=Posting(public_id="k7m3"))
    written = job_posting(listing, replace(JOB, title=text, employer=text, address=text, description=text))
    assert [mark for mark in "<>&\u2028\u2029" if mark in written] == []
    assert json.loads(written).get("title", "") == text


@pytest.mark.parametrize(
    ("division", "address", "line"),
    [
        ("340822", "怀宁县高河镇", "怀宁县高河镇"),
        ("340822", "安庆怀宁高河镇", "安庆怀宁高河镇"),
        ("340811", "独秀大道 8 号", "宜秀区 独秀大道 8 号"),
        ("340811", "", "宜秀区"),
        (None, "高河镇", "高河镇"),
        (None, "", ""),
    ],
)
def test_the_district_is_said_once(division: str | None, address: str, line: str) -> None:
    assert place_line(replace(JOB, division=division, address=address)) == line


@pytest.mark.parametrize(
    ("text", "number"),
    [("一百零三", None), ("103", "103"), ("四位数一零零三", None), ("1003号", "1003"), ("12345", None), ("", None)],
)
def test_a_spoken_number_is_up_to_four_digits(text: str, number: str | None) -> None:
    assert spoken_number(text) == number


def test_days_are_those_of_shanghai() -> None:
    moment = datetime(2026, 12, 31, 16, 5, tzinfo=UTC)
    assert (moment_words(moment), full_day_words(moment)) == ("1月1日 00:05", "2027年1月1日")


def colours() -> dict[str, str]:
    sheet = (files("app.web") / "static" / "seeker.css").read_text("utf-8")
    root = sheet[sheet.index("{") + 1 : sheet.index("}")]
    return dict(line.strip().removeprefix("--").split(":") for line in root.replace("\n", "").split(";"))


def luminance(colour: str) -> float:
    """WCAG 2.1, relative luminance."""
    digits = colour.removeprefix("#")
    full = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


PAIRS = [
    *product(("ink", "muted", "dark"), ("paper", "ground")),
    ("pay", "paper"),
    ("warn", "paper"),
    ("dark", "tint"),
    ("amber", "warm"),
    ("dark", "warm"),
    ("paper", "brand"),
    ("paper", "dark"),
]


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_every_text_stands_out_seven_to_one(text: str, ground: str) -> None:
    table = colours()
    lighter, darker = sorted((luminance(table[text]), luminance(table[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 7
