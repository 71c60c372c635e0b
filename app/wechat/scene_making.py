"""Makes the platform's codes for what seekers may apply for, and new ones before they end: in the background.

An entry of the outbox does a slice of the listings and puts in the next one. Each code is kept as soon as it is made,
and what is kept and lasts is not made again: however often a slice is done, the platform is asked for what is missing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.clock import local_day
from app.base.delivering import Handler, NotNow, Refused, Task
from app.base.inserting import insert_new
from app.base.outbox import enqueue
from app.codes.codes import RANDOM_LENGTH, codes_for
from app.codes.models import Code
from app.events.models import Event
from app.postings.listings import open_on
from app.postings.models import Listing, Posting
from app.wechat.accounts import may
from app.wechat.codes import meaning
from app.wechat.failures import ApiError, Lacking, NotYet
from app.wechat.models import Scene
from app.wechat.platform import Platform
from qr.token import KINDS

SCENES = "wechat_scenes"
"""The outbox's kind for one slice; its payload is {"of": what began it, "after": the last listing done}."""
LIFE = timedelta(days=30)
"""How long a temporary code lives at most (生成带参数的二维码: 2,592,000 seconds)."""
RENEWED = timedelta(days=3)
"""How long before its end a code is made anew: a platform that is away for a night or two costs nothing."""
PLACE = "air"
_CALL = "qrcode/create"
_AT_ONCE = 20
_LONGEST = 255

Wanted = tuple[Listing, tuple[str, ...]]
"""A listing, and the kinds of code that it lacks."""


async def want_scenes(session: AsyncSession, *, of: str, now: datetime, after: int = 0) -> None:
    """Has all codes that are missing made, in the caller's transaction; once for each `of`."""
    payload = {"of": of, "after": after}
    await enqueue(session, SCENES, payload, key=f"{of} {after}", receiver=SCENES, now=now)


def handler(platform: Platform, *, code_length: int = RANDOM_LENGTH) -> Handler:
    """Of the outbox's kind `SCENES`."""

    async def make(task: Task, now: datetime) -> None:
        account = await platform.account()
        if not may(account, "scene"):
            return
        async with platform.database.read() as session:
            wanted = await wanting(session, account.id, after=task.payload["after"], now=now)
        if not wanted:
            return
        listings = [listing for listing, _ in wanted]
        async with platform.database.write() as session:
            codes = await codes_for(session, listings, place=PLACE, now=now, length=code_length)
        for listing, kinds in wanted:
            for kind in kinds:
                await _make(platform, account.id, codes[listing.id], kind, now=now)
        async with platform.database.write() as session:
            await want_scenes(session, of=task.payload["of"], after=listings[-1].id, now=now)

    async def make_or_wait(task: Task, now: datetime) -> None:
        try:
            await make(task, now)
        except Lacking:
            return  # by now; the next night asks again
        except NotYet as wait:
            raise NotNow("not yet", after=max(wait.until - now, timedelta())) from None
        except ApiError as error:
            _judge(error)

    return make_or_wait


def _judge(error: ApiError) -> None:
    """Nothing is left to be done where the account may not; where it must wait, the next try is told how long."""
    match meaning(error.code).do:
        case "downgrade" | "alarm":
            return
        case "retry" | "token" | "stop_day" | "stop_minute":
            raise NotNow(f"code {error.code}") from None
    raise Refused(f"code {error.code}") from None


async def wanting(session: AsyncSession, account_id: int, *, after: int, now: datetime) -> Sequence[Wanted]:
    """The next open listings of shows that are on or still to come whose codes are missing, or end too soon."""
    has = {kind: _has(account_id, kind, now=now) for kind in KINDS}
    statement = (
        select(Listing, *(has[kind].label(kind) for kind in KINDS))
        .join(Posting, Posting.id == Listing.posting_id)
        .join(Event, Event.id == Listing.event_id)
        .where(Listing.id > after, open_on(local_day(now)), Event.ends_at > now, ~and_(*has.values()))
        .order_by(Listing.id)
        .limit(_AT_ONCE)
    )
    rows = (await session.execute(statement)).all()
    return [(row[0], tuple(kind for kind, there in zip(KINDS, row[1:], strict=True) if not there)) for row in rows]


def _has(account_id: int, kind: str, *, now: datetime) -> ColumnElement[bool]:
    """Whether the listing has a code of that kind that lasts: beyond the show, where one can be made that does."""
    outlives_show = or_(Scene.expires_at >= Event.ends_at, Event.ends_at > now + LIFE)
    lasts = or_(Scene.expires_at.is_(None), and_(Scene.expires_at >= now + RENEWED, outlives_show))
    return exists().where(
        Code.listing_id == Listing.id,
        Code.place == PLACE,
        Scene.code_id == Code.id,
        Scene.account_id == account_id,
        Scene.kind == kind,
        lasts,
    )


async def _make(platform: Platform, account_id: int, code: Code, kind: str, *, now: datetime) -> None:
    body = {
        "action_name": "QR_STR_SCENE",
        "expire_seconds": int(LIFE.total_seconds()),
        "action_info": {"scene": {"scene_str": f"{kind}{code.token}"}},
    }
    answer = await platform.call(_CALL, "scene", lambda token: platform.api.create_scene(token, body))
    values = _read(answer, now=now)
    which = {"account_id": account_id, "code_id": code.id, "kind": kind}
    async with platform.database.write() as session:
        renewed = update(Scene).filter_by(**which).values(values).returning(Scene.id)
        if await session.scalar(renewed, execution_options={"synchronize_session": False}) is None:
            await session.execute(insert_new(session, Scene, *which).values(which | values))


def _read(answer: dict[str, Any], *, now: datetime) -> dict[str, Any]:
    """The code as it is kept. `now` is when the slice was begun: no code is thought to live longer than it does."""
    url, seconds = answer.get("url"), answer.get("expire_seconds")
    if not isinstance(url, str) or not url.startswith(("http://", "https://")) or len(url) > _LONGEST:
        raise NotNow("an answer without an address")
    if not isinstance(seconds, int):
        raise NotNow("an answer without an end")
    return {"url": url, "expires_at": now + timedelta(seconds=seconds), "made_at": now}
