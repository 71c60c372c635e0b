"""An event's codes as files: for whoever lays out a picture, a poster or a page elsewhere."""

import asyncio
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from app.base.database import Database
from app.codes.codes import RANDOM_LENGTH, codes_for
from app.postings.models import Listing
from qr.matrix import matrix
from qr.payload import describe, payload
from qr.picture import png, svg

# at 600 dots an inch a module is 0.7 mm, above the 0.6 mm that print needs
PRINT_MODULE = 16
_NAMES = {"J": "job", "I": "interview"}


@dataclass(frozen=True)
class Sheets:
    """What was written: file names with what their code holds, and postings left out for want of a spoken number."""

    payloads: dict[str, str]
    unnumbered: int


async def write_codes(
    database: Database,
    event_id: int,
    out: Path,
    *,
    public_url: str,
    upper: bool = True,
    place: str = "air",
    now: datetime,
    length: int = RANDOM_LENGTH,
) -> Sheets:
    """Both codes of every numbered posting as SVG and PNG in `out`, and `codes.json`, which says what each holds.

    Raises qr's AddressError for a public address that no code can hold, OSError where `out` cannot be written.
    """
    describe(public_url, upper=upper, length=length)
    async with database.write() as session:
        listings = list(await session.scalars(select(Listing).where(Listing.event_id == event_id)))
        numbered = [listing for listing in listings if listing.number is not None]
        codes = await codes_for(session, numbered, place=place, now=now, length=length)
        tokens = {str(listing.number): codes[listing.id].token for listing in numbered}
    addresses = {
        f"{number}-{name}": payload(public_url, kind, token, upper=upper)
        for number, token in sorted(tokens.items())
        for kind, name in _NAMES.items()
    }
    payloads = await asyncio.to_thread(_write, addresses, out)
    return Sheets(payloads, unnumbered=len(listings) - len(numbered))


def codes_line(public_url: str, *, upper: bool = True, length: int = RANDOM_LENGTH) -> str:
    """What codes of this address look like, in a line for whoever starts the server. Raises AddressError."""
    told = describe(public_url, upper=upper, length=length)
    line = (
        f"二维码内容 {told.address}…，共 {told.characters} 个字符，版本 {told.version}，连白边每边 {told.modules} 格。"
    )
    if not told.alphanumeric:
        line += "网址里有小写字母，码点会更密；网址全用大写字母和数字时更好扫。"
    return line


def _write(addresses: dict[str, str], out: Path) -> dict[str, str]:
    out.mkdir(parents=True, exist_ok=True)
    payloads: dict[str, str] = {}
    for name, address in addresses.items():
        modules = matrix(address)
        (out / f"{name}.svg").write_text(svg(modules), encoding="utf-8")
        (out / f"{name}.png").write_bytes(png(modules, module=PRINT_MODULE))
        payloads |= {f"{name}.svg": address, f"{name}.png": address}
    # last, so that it names no file that is not there
    (out / "codes.json").write_text(json.dumps(payloads, indent=1) + "\n", encoding="utf-8")
    return payloads
