"""What the host's screen shows at this moment."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.settings import Settings
from app.codes.codes import code_for, codes_for
from app.codes.models import Code
from app.events.models import Event
from app.live.on_air import on_air
from app.postings.jobs import job_of
from app.postings.listings import is_open, open_listings
from app.postings.models import Listing
from app.wechat.accounts import find_account
from app.wechat.credentials import credentials
from app.wechat.scenes import payload_of
from bot.job import Job
from qr import QUIET, matrix, payload, svg

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
        code = (await codes_for(session, [shown], place=PLACE, now=now, length=settings.code_length))[shown.id]
        kinds = "JI"
    else:
        code = await code_for(session, event, place=PLACE, now=now, length=settings.code_length)
        kinds = "J"
    contents = await _contents(session, code, kinds, settings=settings, now=now)
    return Stage(
        event=event,
        job=None if shown is None else job_of(shown),
        closed=chosen if shown is None else None,
        codes=tuple(screen_code(kind, content) for kind, content in contents.items()),
        door=door(settings),
        position=ids.index(shown.id) + 1 if shown is not None and shown.id in ids else 0,
        total=len(ids),
    )


async def _contents(
    session: AsyncSession, code: Code, kinds: str, *, settings: Settings, now: datetime
) -> dict[str, str]:
    """What each code holds: an address of ours, or one of the platform's where staff chose that."""
    ours = credentials(settings)
    account = await find_account(session, ours) if ours is not None else None
    account_id = account.id if account is not None and account.codes_as == "scene" else None
    own = {kind: payload(settings.public_url, kind, code.token, upper=settings.code_upper) for kind in kinds}
    return {kind: await payload_of(session, account_id, code, kind, own=own[kind], now=now) for kind in kinds}


def screen_code(kind: str, content: str) -> ScreenCode:
    """The longer the content, the more modules there are to a side."""
    modules = matrix(content)
    return ScreenCode(caption=_CAPTIONS[kind], side=modules.size + 2 * QUIET, picture=svg(modules, title=_TITLES[kind]))


def door(settings: Settings) -> str:
    """The address that a viewer types, as short as it can be said."""
    parts = urlsplit(settings.public_url)
    return f"{parts.netloc}{parts.path}".rstrip("/")
