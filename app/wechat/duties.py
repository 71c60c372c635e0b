"""What the account needs done in the background beside sending: which function handles which kind of the outbox."""

from datetime import datetime

from app.base.delivering import Handler, Task
from app.codes.codes import RANDOM_LENGTH
from app.wechat import scene_making
from app.wechat.platform import Platform
from app.wechat.scene_making import SCENES, want_scenes

RENEW = "renew_wechat_scenes"
DAILY = (RENEW,)
"""Put in once a day."""


def handlers(platform: Platform, *, code_length: int = RANDOM_LENGTH) -> dict[str, Handler]:
    return {SCENES: scene_making.handler(platform, code_length=code_length), RENEW: _renewing(platform)}


def with_scenes(platform: Platform, published: Handler) -> Handler:
    """What is done for postings that were published, and then that they get the platform's codes."""

    async def both(task: Task, now: datetime) -> None:
        await published(task, now)
        async with platform.database.write() as session:
            await want_scenes(session, of=f"published {task.key}", now=now)

    return both


def _renewing(platform: Platform) -> Handler:
    async def renew(task: Task, now: datetime) -> None:
        async with platform.database.write() as session:
            await want_scenes(session, of=f"night {task.key}", now=now)

    return renew
