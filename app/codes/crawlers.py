"""Who asks for a page and is no person: search engines, link previews, programs.

Their scans are recorded and marked, so that a link shared in a group of 500 does not count as 500 people.
WeChat's own browser (MicroMessenger) is a person's, and so is any phone that is not in the list.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files


def is_crawler(user_agent: str | None) -> bool:
    """True for a User-Agent header of no person; one that is missing or empty is none of a browser."""
    if not user_agent or not user_agent.strip():
        return True
    crawlers, people = _patterns()
    return crawlers.search(people.sub("", user_agent)) is not None


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What marks a crawler, and what is to be left out before looking for that."""
    listed = tomllib.loads((files("app.codes") / "crawlers.toml").read_text(encoding="utf-8"))
    crawlers = [part for parts in listed["crawlers"].values() for part in parts]
    return _any_of(crawlers), _any_of(listed["people"]["names"])


def _any_of(parts: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, parts)), re.IGNORECASE)
