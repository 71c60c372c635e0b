"""One search: all wishes first, milder ones only where nothing fits, other work last."""

from dataclasses import dataclass

from bot.desk import Desk
from bot.matching import Match, rank, relaxations
from bot.understanding.trades import kin
from bot.wishes import NO_WISHES, Wishes

LIMIT = 200
"""How many candidates are ranked."""


@dataclass(frozen=True)
class Found:
    """`dropped` names the wishes that had to go for anything to fit; `near` means other work than asked for."""

    matches: tuple[Match, ...] = ()
    dropped: tuple[str, ...] = ()
    near: bool = False


async def search(desk: Desk, wishes: Wishes) -> Found:
    """At most four questions to the desk, most often one."""
    words = tuple(word for keyword in wishes.keywords for word in kin(keyword).same)
    matches = rank(await desk.candidates(wishes, words, LIMIT), wishes)
    if matches:
        return Found(tuple(matches))
    found = await _milder(desk, wishes, words)
    if found or not wishes.keywords:
        return found or Found()
    near = tuple(word for keyword in wishes.keywords for word in kin(keyword).near)
    found = await _milder(desk, wishes, near, near=True) if near else None
    if found:
        return found
    milder = wishes.without("keywords")
    matches = rank(await desk.candidates(milder, (), LIMIT), milder)
    return Found(tuple(matches), ("keywords",)) if matches else Found()


async def _milder(desk: Desk, wishes: Wishes, words: tuple[str, ...], *, near: bool = False) -> Found | None:
    jobs = await desk.candidates(NO_WISHES, words, LIMIT)
    for dropped, milder in [((), wishes), *relaxations(wishes)]:
        matches = rank(jobs, milder, near=near)
        if matches:
            return Found(tuple(matches), dropped, near)
    return None
