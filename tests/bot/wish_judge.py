"""Judges a job against wishes by the contract's own words, apart from the program's own ranking."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

_TRADES = Path(__file__).parents[2] / "bot" / "vocabulary" / "trades.toml"
_LEVELS = ["any", "primary", "junior_high", "senior_high", "vocational", "associate", "bachelor", "master", "doctor"]
# comparable monthly pay: hour x 174, day x 21.75, year / 12
_MONTHS = {"hour": 174.0, "day": 21.75, "month": 1.0, "year": 1 / 12}


def broken(posting: Mapping[str, Any], wishes: Mapping[str, Any]) -> set[str]:
    """Names of the wishes that the posting (in the contract's form) goes against; what it leaves open breaks none.

    A benefit is named as `benefits:housing`.
    """
    found = {f"benefits:{code}" for code in wishes.get("benefits", []) if code not in posting["benefits"]}
    checks = {
        "pay": _too_little(posting["pay"], wishes),
        "pay_max": _too_much(posting["pay"], wishes),
        "divisions": _elsewhere(posting["division"], wishes.get("divisions", [])),
        "education": _LEVELS.index(posting["education"]) > _LEVELS.index(wishes.get("education", "doctor")),
        "age": not (posting["age_min"] or 0) <= wishes.get("age", 30) <= (posting["age_max"] or 999)
        if "age" in wishes
        else False,
        "experience_years": posting["experience_years"] > wishes.get("experience_years", 99),
        "job_type": wishes.get("job_type", posting["job_type"]) != posting["job_type"],
        "employer": not _named(posting["employer"], wishes.get("employer", "")),
        "exclude": any(_refused(posting, word) for word in wishes.get("exclude", [])),
    }
    return found | {name for name, breaks in checks.items() if breaks}


def of_a_trade(posting: Mapping[str, Any], keywords: list[str]) -> bool:
    """Whether any word for one of the keywords stands in the title, the employer's name or the description."""
    text = f"{posting['title']} {posting['employer']} {posting['description']}".lower()
    return any(word in text for keyword in keywords for word in _words(keyword.lower()))


def _words(keyword: str) -> set[str]:
    groups = [g for g in _groups() if any(word in keyword for word in g["words"] | g["asked"])]
    return {keyword} | {word for group in groups for word in group["words"] | group["others"]}


@cache
def _groups() -> list[dict[str, set[str]]]:
    table = tomllib.loads(_TRADES.read_text("utf-8"))["trade"]
    lower = [{name: {str(word).lower() for word in group.get(name, [])} for name in _LISTS} for group in table]
    return [{"words": g["words"], "asked": g["asked"], "others": g["titles"] | g["at"]} for g in lower]


_LISTS = ("words", "asked", "titles", "at")


def _monthly(yuan: float | None, period: str | None) -> float | None:
    return None if yuan is None or period not in _MONTHS else yuan * _MONTHS[period]


def _stated(pay: Mapping[str, Any], end: str) -> float | None:
    return None if pay["negotiable"] else _monthly(pay[end], pay["period"])


def _too_little(pay: Mapping[str, Any], wishes: Mapping[str, Any]) -> bool:
    wanted, most = _monthly(wishes.get("pay_min"), wishes.get("pay_period", "month")), _stated(pay, "max")
    return wanted is not None and most is not None and most < wanted - 0.01


def _too_much(pay: Mapping[str, Any], wishes: Mapping[str, Any]) -> bool:
    wanted, least = _monthly(wishes.get("pay_max"), wishes.get("pay_period", "month")), _stated(pay, "min")
    return wanted is not None and least is not None and least > wanted + 0.01


def _elsewhere(division: str | None, places: list[str]) -> bool:
    if division is None or not places:
        return False
    return not any(division.startswith(place[:4] if place.endswith("00") else place) for place in places)


def _named(employer: str, wanted: str) -> bool:
    return wanted in employer or employer in wanted


def _refused(posting: Mapping[str, Any], word: str) -> bool:
    if word in ("agency", "dispatch"):
        return bool(posting["employment"] == word)
    return word in posting["title"] or word in posting["description"]
