"""Codes: one for each target and place, for ever, whoever asks and how many at once."""

import asyncio
from collections.abc import Sequence
from itertools import chain, repeat

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.codes import codes
from app.codes.codes import Target, code_for, codes_for, find_code, known_codes, path, target_key
from app.codes.models import Code
from app.employers.models import Employer
from app.events.models import Event
from app.postings.models import Listing
from qr.token import new_token, read_token
from tests.cast import NOW
from tests.codes.fair import Fair, a_fair
from tests.statements import counted


@pytest.fixture
async def fair(database: Database) -> Fair:
    async with database.write() as session:
        return await a_fair(session, jobs=3)


def meaning(code: Code) -> tuple[str, str, int, int | None, int | None]:
    return code.target, code.place, code.event_id, code.employer_id, code.listing_id


async def test_each_kind_of_target_has_its_code(database: Database, fair: Fair) -> None:
    listing, employer = fair.listings[0], fair.employers[0]
    seen: list[tuple[Target, str]] = [
        (listing, "air"),
        ((fair.event, employer), "handbook"),
        (fair.event, "poster"),
    ]
    async with database.write() as session:
        made = [meaning(await code_for(session, target, place=place, now=NOW)) for target, place in seen]
    number = fair.event.id
    assert made == [
        (f"listing:{listing.id}:air", "air", number, None, listing.id),
        (f"employer:{number}:{employer.id}:handbook", "handbook", number, employer.id, None),
        (f"event:{number}:poster", "poster", number, None, None),
    ]


async def test_asking_again_gives_the_same_code(database: Database, fair: Fair) -> None:
    tokens = []
    for _ in range(2):
        async with database.write() as session:
            tokens.append((await code_for(session, fair.listings[0], now=NOW)).token)
    assert tokens[0] == tokens[1] == read_token(tokens[0])


async def test_each_place_has_a_code_of_its_own(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        tokens = {(await code_for(session, fair.listings[0], place=place, now=NOW)).token for place in codes.PLACES}
    assert len(tokens) == 4


async def test_an_unknown_place_is_a_mistake_of_ours(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        with pytest.raises(ValueError):
            await code_for(session, fair.listings[0], place="moon", now=NOW)


async def test_codes_in_bulk_are_those_that_one_gets_singly(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        second = await code_for(session, fair.listings[1], now=NOW)
        all_of_them = await codes_for(session, fair.listings, now=NOW)
    assert sorted(all_of_them) == [listing.id for listing in fair.listings]
    assert all_of_them[fair.listings[1].id].token == second.token
    assert {id_: code.listing_id for id_, code in all_of_them.items()} == {id_: id_ for id_ in all_of_them}


async def test_no_listings_need_no_codes(database: Database) -> None:
    async with database.write() as session:
        assert await codes_for(session, [], now=NOW) == {}


async def test_two_creators_at_once_get_the_same_codes(database_url: str, fair: Fair) -> None:
    """Two Database objects share no lock, as two processes do not; the second sees the targets in another order."""
    both = [Database(database_url), Database(database_url)]
    first_has_looked = asyncio.Event()

    async def create(database: Database, listings: Sequence[Listing]) -> dict[int, str]:
        async with database.write() as session:
            found = await codes_for(session, listings, now=NOW)
            first_has_looked.set()
            return {id_: code.token for id_, code in found.items()}

    async def create_meanwhile() -> dict[int, str]:
        await first_has_looked.wait()
        return await create(both[1], fair.listings[::-1])

    one, other = await asyncio.gather(create(both[0], fair.listings), create_meanwhile())
    assert one == other
    assert len(set(one.values())) == 3
    for database in both:
        await database.close()


async def test_creators_in_a_crowd_agree(database_url: str, fair: Fair) -> None:
    crowd = [Database(database_url) for _ in range(6)]

    async def create(database: Database) -> dict[int, str]:
        async with database.write() as session:
            return {id_: code.token for id_, code in (await codes_for(session, fair.listings, now=NOW)).items()}

    answers = await asyncio.gather(*map(create, crowd))
    assert answers == [answers[0]] * 6
    async with crowd[0].read() as session:
        assert await session.scalar(select(func.count(Code.id))) == 3
    for database in crowd:
        await database.close()


async def test_a_token_that_chance_gives_twice_is_drawn_again(
    database: Database, fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other, third = "7K3M9Q", new_token(), new_token()
    drawn = chain([first], [first, first, other], repeat(third))
    monkeypatch.setattr(codes, "new_token", lambda **_: next(drawn))
    async with database.write() as session:
        assert (await code_for(session, fair.listings[0], now=NOW)).token == first
        others = await codes_for(session, fair.listings[1:], now=NOW)
    # both drew the taken one; then the one that comes first got `other`
    assert [others[listing.id].token for listing in fair.listings[1:]] == [other, third]


async def test_a_source_of_tokens_that_is_used_up_is_an_error(
    database: Database, fair: Fair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "new_token", lambda **_: "7K3M9Q")
    async with database.write() as session:
        await code_for(session, fair.listings[0], now=NOW)
        with pytest.raises(RuntimeError):
            await code_for(session, fair.listings[1], now=NOW)


async def test_tokens_have_the_length_that_is_set(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        assert len((await code_for(session, fair.event, now=NOW, length=7)).token) == 8


async def test_a_code_is_found_however_it_is_typed(database: Database, fair: Fair) -> None:
    async with database.write() as session:
        code = await code_for(session, fair.event, now=NOW)
    async with database.read() as session:
        for typed in (code.token, code.token.lower(), f" {code.token[:3]} {code.token[3:]}"):
            found = await find_code(session, typed)
            assert found is not None
            assert found.id == code.id


@pytest.mark.parametrize("token", ["", "7K3M9Q", "7K3M9R", "工" * 40, "7K3M9Q" * 100, "\0"])
async def test_what_we_never_gave_out_is_found_nowhere(database: Database, token: str) -> None:
    async with database.read() as session:
        assert await find_code(session, token) is None


async def test_reading_makes_no_code(database: Database, fair: Fair) -> None:
    targets: list[Target] = [fair.event, fair.listings[0], (fair.event, fair.employers[0])]
    async with database.write() as session:
        code = await code_for(session, fair.event, now=NOW)
    async with database.read() as session:
        known = await known_codes(session, targets)
    assert {key: found.token for key, found in known.items()} == {target_key(fair.event, place="air"): code.token}


async def test_the_number_of_queries_does_not_grow_with_the_codes(database: Database, fair: Fair) -> None:
    async def queries(session: AsyncSession, listings: Sequence[Listing], place: str) -> int:
        with counted(database) as statements:
            await codes_for(session, listings, place=place, now=NOW)
        return len(statements)

    async with database.write() as session:
        assert await queries(session, fair.listings[:1], "air") == 3
        assert await queries(session, fair.listings, "poster") == 3
        assert await queries(session, fair.listings, "poster") == 1


def test_addresses() -> None:
    assert path("J", "7K3M9Q") == "/J7K3M9Q"


def test_an_employer_stands_for_itself_at_one_event_only() -> None:
    employer = Employer(id=7)
    keys = {target_key((Event(id=number), employer), place="air") for number in (1, 2)}
    assert keys == {"employer:1:7:air", "employer:2:7:air"}
