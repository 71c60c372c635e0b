"""What the host's screen shows at this moment."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.settings import Settings
from app.codes.codes import code_for, codes_for
from app.events.models import Event
from app.live.on_air import on_air
from app.postings.jobs import job_of
from app.postings.listings import is_open, open_listings
from app.postings.models import Listing
from bot.job import Job
from qr import matrix, payload, svg

PLACE = "air"
_CAPTIONS = {"J": "岗位信息码", "I": "云面试码"}
_TITLES = {"J": "岗位信息二维码", "I": "云面试二维码"}


@dataclass(frozen=True)
class ScreenCode:
    """A code as the screen draws it: `side` is its modules with the quiet zone, `picture` an SVG."""

    caption: str
    side: int
    picture: str


@dataclass(frozen=True)
class Stage:
    """`job` is on air and open, or None: then the screen shows the event and how to come in.

    `closed` is set where the listing on air has just been filled or withdrawn: the host is told, the viewer is not.
    """

    event: Event
    job: Job | None
    closed: Listing | None
    codes: tuple[ScreenCode, ...]
    door: str
    position: int
    total: int


async def stage(session: AsyncSession, event: Event, *, settings: Settings, now: datetime) -> Stage:
    """Reads what is on air and makes its codes where there are none yet, so it needs a session that may write."""
    today = local_day(now)
    chosen = await on_air(session, event.id)
    shown = chosen if chosen is not None and is_open(chosen, today=today) else None
    ids = [one.id for one in await open_listings(session, event.id, today=today)]
    if shown is not None:
        token = (await codes_for(session, [shown], place=PLACE, now=now, length=settings.code_length))[shown.id].token
        kinds = "JI"
    else:
        token = (await code_for(session, event, place=PLACE, now=now, length=settings.code_length)).token
        kinds = "J"
    return Stage(
        event=event,
        job=None if shown is None else job_of(shown),
        closed=chosen if shown is None else None,
        codes=tuple(screen_code(settings, kind, token) for kind in kinds),
        door=door(settings),
        position=ids.index(shown.id) + 1 if shown is not None and shown.id in ids else 0,
        total=len(ids),
    )


def screen_code(settings: Settings, kind: str, token: str) -> ScreenCode:
    modules = matrix(payload(settings.public_url, kind, token, upper=settings.code_upper))
    return ScreenCode(caption=_CAPTIONS[kind], side=modules.size + 8, picture=svg(modules, title=_TITLES[kind]))


def door(settings: Settings) -> str:
    """The address that a viewer types, as short as it can be said."""
    parts = urlsplit(settings.public_url)
    return f"{parts.netloc}{parts.path}".rstrip("/")
