"""One search: all wishes first, milder ones only where nothing fits, other work last."""

from dataclasses import dataclass

from bot.desk import Desk
from bot.matching import Match, Ranking, rank
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
    kin = [desk.trades.kin(keyword) for keyword in wishes.keywords]
    words = tuple(word for known in kin for word in (*known.same, *known.place))
    best = rank(await desk.candidates(wishes, words, LIMIT), wishes, desk.trades)
    if not best.matches:
        best = rank(await desk.candidates(NO_WISHES, words, LIMIT), wishes, desk.trades, milder=True)
    if best.matches or not wishes.keywords:
        return _found(best)
    return await _other_work(desk, wishes)


async def _other_work(desk: Desk, wishes: Wishes) -> Found:
    """Work close to what was asked for, else any work that meets the rest."""
    words = tuple(word for keyword in wishes.keywords for word in desk.trades.kin(keyword).near)
    if words:
        best = rank(await desk.candidates(NO_WISHES, words, LIMIT), wishes, desk.trades, near=True, milder=True)
        if best.matches:
            return _found(best, near=True)
    milder = wishes.without("keywords")
    best = rank(await desk.candidates(milder, (), LIMIT), milder, desk.trades)
    return Found(best.matches, ("keywords",)) if best.matches else Found()


def _found(ranking: Ranking, *, near: bool = False) -> Found:
    return Found(ranking.matches, ranking.dropped, near)
