"""Codes as files: each picture, read back, holds what codes.json says, and that leads to its posting."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from app.base.database import Database
from app.codes.codes import find_code
from app.codes.sheets import Sheets, codes_line, write_codes
from qr.payload import AddressError
from qr.token import read_code
from tests import cast
from tests.codes.fair import Fair, a_fair

NOW = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)
ADDRESS = "https://rsj.example.gov.cn"
NAMES = [f"{number}-{kind}.{form}" for number in (101, 102) for kind in ("job", "interview") for form in ("svg", "png")]


@pytest.fixture
async def fair(database: Database) -> Fair:
    async with database.write() as session:
        return await a_fair(session, jobs=2)


async def write(database: Database, fair: Fair, out: Path, address: str = ADDRESS, place: str = "air") -> Sheets:
    return await write_codes(database, fair.event.id, out, public_url=address, place=place, now=NOW)


def read_picture(path: Path) -> str:
    with Image.open(path) as picture:
        (found,) = zxingcpp.read_barcodes(np.asarray(picture.convert("L")))
    return str(found.text)


def read_svg(path: Path) -> str:
    """Draws the path of dark runs, one row after another, and reads what was drawn."""
    text = path.read_text(encoding="utf-8")
    side = int(re.findall(r'viewBox="0 0 (\d+) ', text)[0])
    pixels = np.full((side, side), 255, dtype=np.uint8)
    for row in re.findall(r"M(\d+) (\d+)((?:m\d+ 0v1h\d+v-1)+)", text):
        x, y = int(row[0]), int(row[1])
        for skip, dark in re.findall(r"m(\d+) 0v1h(\d+)v-1", row[2]):
            x += int(skip)
            pixels[y, x : x + int(dark)] = 0
            x += int(dark)
    (found,) = zxingcpp.read_barcodes(np.kron(pixels, np.ones((8, 8), dtype=np.uint8)))
    return str(found.text)


async def test_each_posting_has_its_four_files_and_no_other_file_is_there(
    database: Database, fair: Fair, tmp_path: Path
) -> None:
    written = await write(database, fair, tmp_path / "new" / "codes")
    assert sorted(path.name for path in (tmp_path / "new" / "codes").iterdir()) == sorted([*NAMES, "codes.json"])
    assert json.loads((tmp_path / "new" / "codes" / "codes.json").read_text()) == written.payloads
    assert (sorted(written.payloads), written.unnumbered) == (sorted(NAMES), 0)


async def test_a_picture_read_back_leads_to_its_posting(database: Database, fair: Fair, tmp_path: Path) -> None:
    payloads = (await write(database, fair, tmp_path)).payloads
    read = {name: (read_svg if name.endswith("svg") else read_picture)(tmp_path / name) for name in NAMES}
    assert read == payloads
    kinds = {"job": "J", "interview": "I"}
    async with database.read() as session:
        for listing in fair.listings:
            for name, kind in kinds.items():
                address = payloads[f"{listing.number}-{name}.png"]
                code = read_code(address.rpartition("/")[2])
                assert code is not None
                found = await find_code(session, code[1])
                assert found is not None
                assert (code[0], found.listing_id, found.place) == (kind, listing.id, "air")


async def test_writing_again_changes_no_code(database: Database, fair: Fair, tmp_path: Path) -> None:
    first = await write(database, fair, tmp_path / "one")
    assert await write(database, fair, tmp_path / "two") == first
    assert await write(database, fair, tmp_path / "three", place="poster") != first


async def test_a_posting_without_a_number_is_counted_and_left_out(
    database: Database, fair: Fair, tmp_path: Path
) -> None:
    async with database.write() as session:
        draft = await cast.make_posting(session, fair.employers[0], state="draft")
        await cast.make_listing(session, fair.event, draft, number=None)
    written = await write(database, fair, tmp_path)
    assert (sorted(written.payloads), written.unnumbered) == (sorted(NAMES), 1)


async def test_an_address_that_no_code_can_hold_writes_nothing(database: Database, fair: Fair, tmp_path: Path) -> None:
    with pytest.raises(AddressError):
        await write(database, fair, tmp_path / "none", address="ftp://rsj.example.gov.cn")
    assert not (tmp_path / "none").exists()


def test_the_line_for_whoever_starts_the_server() -> None:
    assert codes_line(ADDRESS) == ("二维码内容 HTTPS://RSJ.EXAMPLE.GOV.CN/…，共 34 个字符，版本 3，连白边每边 37 格。")
    assert codes_line("http://127.0.0.1:8000", upper=False) == (
        "二维码内容 http://127.0.0.1:8000/…，共 29 个字符，版本 3，连白边每边 37 格。"
        "网址里有小写字母，码点会更密；网址全用大写字母和数字时更好扫。"
    )
