"""One search: all wishes first, milder ones only where nothing fits, other work last."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.desk import Desk
from bot.fitting import unmet
from bot.matching import Match, Ranking, pain, rank
from bot.offer import Candidate
from bot.sought import Sought, close_to, sought
from bot.wishes import Wishes

LIMIT = 200
"""How many candidates are ranked."""
_DEEPER = 2_000
_ENOUGH = 5


@dataclass(frozen=True)
class Found:
    """What fits, best first.

    `dropped` names the wishes that had to go for anything to fit; `near` means other work than asked for.
    `more`: only so many were looked at that there may be more that fit than these.
    """

    matches: tuple[Match, ...] = ()
    dropped: tuple[str, ...] = ()
    near: bool = False
    more: bool = False


async def search(desk: Desk, wishes: Wishes) -> Found:
    """At most four questions to the desk, most often one; one more for each where many candidates hid few that fit."""
    words = [sought(keyword, desk.trades) for keyword in wishes.keywords]
    found = await _find(desk, wishes, words) or await _find(desk, wishes, words, milder=True)
    if found is None and wishes.keywords:
        found = await _other_work(desk, wishes)
    return found or Found()


async def _other_work(desk: Desk, wishes: Wishes) -> Found | None:
    """Work close to what was asked for, else any work that meets the rest."""
    words = [close for keyword in wishes.keywords if (close := close_to(keyword, desk.trades))]
    if words and (found := await _find(desk, wishes, words, near=True, milder=True)):
        return found
    found = await _find(desk, wishes.without("keywords"), ())
    return replace(found, dropped=("keywords",)) if found else None


async def _find(
    desk: Desk, wishes: Wishes, words: Sequence[Sought], *, near: bool = False, milder: bool = False
) -> Found | None:
    """What fits by these words. Looks further where of as many candidates as were asked for few fit."""
    for limit in (LIMIT, _DEEPER):
        jobs = await desk.candidates(wishes, words, limit, milder=milder)
        best = rank(jobs, wishes, desk.trades, near=near, milder=milder)
        more = len(jobs) >= limit and not (milder and _past(jobs[-1], wishes, best))
        if not more or len(best.jobs) >= _ENOUGH:
            break
    if not best.jobs:
        return None
    return Found(tuple(Match(job, wishes, near) for job in best.jobs), best.dropped, near, more)


def _past(last: Candidate, wishes: Wishes, best: Ranking[Candidate]) -> bool:
    """Whether the last candidate, the least pleasing one, is beyond what had to go: then none was left out."""
    return bool(best.jobs) and pain(unmet(last, wishes)) > pain(best.dropped)
