"""What the pages of codes show: each code as a picture, an address and a file name."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.codes.codes import Target, codes_of, known_codes, target_key
from app.web.services import Services
from qr.payload import payload, version_for
from qr.picture import screen_size

PLACES = {"air": "直播画面", "handbook": "招聘手册", "poster": "海报", "share": "转发分享"}
KINDS = {"J": "岗位信息码", "I": "云面试码"}


@dataclass(frozen=True)
class Picture:
    """One code: `svg` and `png` say where its picture is, `file` has no ending; modules a side, quiet zone included."""

    address: str
    modules: int
    svg: str
    png: str
    file: str


async def tokens(
    held: Services, session: AsyncSession, targets: Sequence[Target], *, place: str, now: datetime
) -> list[str]:
    """The targets' tokens in their order.

    What has none yet gets one, in a write of its own: mostly there is nothing to write, and a page that is only looked
    at should not wait for SQLite's one writer.
    """
    keys = [target_key(target, place=place) for target in targets]
    codes = await known_codes(session, targets, place=place)
    if len(codes) < len(set(keys)):
        async with held.database.write() as writing:
            codes = await codes_of(writing, targets, place=place, now=now, length=held.settings.code_length)
    return [codes[key].token for key in keys]


def picture(held: Services, kind: str, token: str, *, file: str) -> Picture:
    address = payload_of(held, kind, token)
    start, mark = f"/staff/codes/{token}/{kind}", content_mark(address)
    return Picture(
        address=address,
        modules=screen_size(version_for(address), module=1),
        svg=f"{start}.svg?{mark}",
        png=f"{start}.png?{mark}",
        file=file,
    )


def pictures(held: Services, token: str, *, file: str) -> list[Picture]:
    """Both codes, the job information first."""
    return [picture(held, kind, token, file=f"{file}-{name}") for kind, name in KINDS.items()]


def payload_of(held: Services, kind: str, token: str) -> str:
    return payload(held.settings.public_url, kind, token, upper=held.settings.code_upper)


def content_mark(address: str) -> str:
    """Changes with the public address, so that no browser shows a kept picture of the old one."""
    return hashlib.sha256(address.encode()).hexdigest()[:10]
