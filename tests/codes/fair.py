"""An event with its employers and jobs, for tests of what is built on them."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.employers.models import Employer
from app.events.models import Event
from app.postings.models import Listing
from app.staff.models import Centre
from tests import cast


@dataclass(frozen=True)
class Fair:
    event: Event
    employers: list[Employer]
    listings: list[Listing]


async def a_fair(session: AsyncSession, *, jobs: int, centre: Centre | None = None) -> Fair:
    """`jobs` published jobs, numbered from 101, of two employers in turn."""
    centre = centre or await cast.make_centre(session, "怀宁县公共就业服务中心", "340822")
    event = await cast.make_event(session, centre)
    employers = [await cast.make_employer(session, centre, name=name) for name in ("甲公司", "乙公司")]
    postings = [await cast.make_posting(session, employers[n % 2], title=f"焊工{n + 1}") for n in range(jobs)]
    return Fair(event, employers, [await cast.make_listing(session, event, posting) for posting in postings])
