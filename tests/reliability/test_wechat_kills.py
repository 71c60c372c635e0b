"""The real server, killed again and again while WeChat pushes and messages go out: nothing is lost, nothing doubled.

MASHANG_KILLS says how often; without it, so often as fits among all other tests.
"""

import asyncio
import os
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path

import pytest

from app.base.clock import system_clock
from app.base.database import Database
from tests.reliability.kept import Kept
from tests.reliability.mashang import Mashang, mashang
from tests.reliability.test_kills import PATIENCE, SECRET
from tests.reliability.wechat_crowd import WeChatCrowd
from tests.reliability.wechat_stage import AES_KEY, KEYS, TOKEN, Stage
from tests.wechat_platform.platform import Platform
from tests.wechat_platform.server import serving

KILLS = int(os.environ.get("MASHANG_KILLS", "10"))
# a kill comes after so many more answers, at most
MOST_ANSWERS = 25
# how often a message of that state may have arrived: "unsure" was being sent when its server died
ARRIVED = {"sent": {1}, "unsure": {0, 1}, "parked": {0}}


@pytest.fixture
def platform() -> Iterator[Platform]:
    platform = Platform(system_clock)
    with serving(platform):
        yield platform


@pytest.fixture
def environment(demo_database_url: str, tmp_path: Path, platform: Platform) -> dict[str, str]:
    return {
        "MASHANG_DATABASE_URL": demo_database_url,
        "MASHANG_DATA_DIR": str(tmp_path),
        "MASHANG_SECRET_KEY": SECRET,
        "MASHANG_LOG_LEVEL": "info",  # the server says when it takes connections
        "MASHANG_WECHAT_APP_ID": platform.app_id,
        "MASHANG_WECHAT_SECRET": platform.secret,
        "MASHANG_WECHAT_TOKEN": TOKEN,
        "MASHANG_WECHAT_AES_KEY": AES_KEY,
        "MASHANG_WECHAT_API": platform.address,
    }


@pytest.fixture
async def stage(demo_database_url: str, platform: Platform) -> AsyncIterator[Stage]:
    stage = Stage(Database(demo_database_url), platform)
    await stage.prepare()
    yield stage
    await stage.database.close()


async def kill_again_and_again(server: Mashang, crowd: WeChatCrowd, stage: Stage, *, times: int) -> None:
    chance = random.Random(20210209)  # noqa: S311 - moments, not secrets
    async with asyncio.TaskGroup() as group:
        people = group.create_task(crowd.all_at_once())
        staff = group.create_task(stage.staff_answer_again_and_again())
        for _ in range(times):
            # a life that takes so long is none: then the test ends, and does not wait for ever
            async with asyncio.timeout(PATIENCE):
                await stage.let_time_pass()
                serving_ = await server.serve(stage.port)
                crowd.server_is_up(up=True)
                await crowd.acknowledged(chance.randint(1, MOST_ANSWERS))
            await asyncio.sleep(chance.uniform(0, 0.05))  # so that kills fall at any point of a commit and of a call
            crowd.server_is_up(up=False)
            os.kill(serving_, signal.SIGKILL)
            status, _ = await server.ended()
            assert status == -signal.SIGKILL
        staff.cancel()
        people.cancel()


async def finish(server: Mashang, stage: Stage) -> None:
    """All that is left is done, in lives that end well."""
    async with asyncio.timeout(PATIENCE + KILLS):
        while await stage.is_anything(due=False):
            await stage.let_time_pass()
            serving_ = await server.serve(stage.port)
            while await stage.is_anything(due=True):  # noqa: ASYNC110 - another process does it
                await asyncio.sleep(0.05)
            os.kill(serving_, signal.SIGTERM)
            await server.ended()


def between(least: Sequence[object], kept: Sequence[object], most: Sequence[object]) -> bool:
    """Whether all of `least` is kept, each as often, and nothing beyond `most`."""
    return Counter(least) <= Counter(kept) <= Counter(most)


def sent_wrongly(kept: Kept, stage: Stage) -> list[str]:
    """Messages out that reached their person more or less often than their state says, or whose state nobody sees."""
    wrong = []
    states = {send.key: send.state for _, send in kept.sends}
    for key, words in stage.answers.items():
        arrived = sum(words in sent.text for sent in stage.platform.sent)
        if arrived not in ARRIVED.get(states.get(key, "none"), ()):
            wrong.append(f"{words}: {states.get(key)}, and arrived {arrived} times")
    for openid, counted in by_person(kept).items():
        arrived = len(stage.platform.sent_to(openid))
        if set(counted) - set(ARRIVED) or not counted["sent"] <= arrived <= counted["sent"] + counted["unsure"]:
            wrong.append(f"{openid}: {dict(counted)}, and {arrived} arrived")
    return wrong


def by_person(kept: Kept) -> dict[str, Counter[str]]:
    states: dict[str, Counter[str]] = {}
    for openid, send in kept.sends:
        states.setdefault(openid, Counter())[send.state] += 1
    return states


def figures(crowd: WeChatCrowd, kept: Kept) -> str:
    """What a long run is for."""
    told = [one for some in crowd.told.values() for one in some]
    found = {
        "kills": KILLS,
        "people": len(crowd.told),
        "pushes": len(told),
        "acknowledged": sum(one.is_acknowledged for one in told),
        "answers": sum(len(one.shown) for one in told),
        "refused as busy": crowd.refused,
        "scans": sum(map(len, kept.scans.values())),
        "places": kept.places.total(),
        "put off": kept.put_off,
        "messages out": dict(Counter(send.state for _, send in kept.sends)),
    }
    return ", ".join(f"{what} {count}" for what, count in found.items())


async def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(stage: Stage, environment: dict[str, str]) -> None:
    crowd = stage.crowd()
    async with mashang(environment, "hurried") as server:
        await kill_again_and_again(server, crowd, stage, times=KILLS)
        await finish(server, stage)
    kept = await Kept.of(stage.database, list(crowd.told), KEYS)
    print(figures(crowd, kept))  # noqa: T201 - shown by `pytest -s`
    assert crowd.wrong == []
    for openid, told in crowd.told.items():
        acknowledged = [one for one in told if one.is_acknowledged]
        assert between([one.line for one in acknowledged], kept.lines[openid], [one.line for one in told])
        scans = [[one.scan for one in some if one.scan] for some in (acknowledged, told)]
        assert between(scans[0], kept.scans[openid], scans[1])
        joined = [{one.joins for one in some if one.joins} for some in (acknowledged, told)]
        assert len(joined[0]) <= kept.places[openid] <= len(joined[1])
        assert [one.shown for one in acknowledged] == [[one.shown[0]] * len(one.shown) for one in acknowledged]
    assert sent_wrongly(kept, stage) == []
    assert (kept.unanswered, kept.given_up) == (0, [])
    # what was sent between a push and the try of it that was taken counts for the platform, and not for us: it says
    # so, and the message waits until its person writes again
    assert {breach.code for breach in stage.platform.breaches if breach.code} <= {45047}
    assert [line for line in server.said if "locked" in line or "Error" in line] == []


async def test_a_server_that_acknowledges_before_it_keeps_is_caught(stage: Stage, environment: dict[str, str]) -> None:
    """The same count on a server that does it wrong: the test above can fail."""
    crowd = stage.crowd()
    async with mashang(environment, "forgetful") as server:
        await kill_again_and_again(server, crowd, stage, times=3)
    kept = await Kept.of(stage.database, list(crowd.told), KEYS)
    assert not all(
        between([one.line for one in told if one.is_acknowledged], kept.lines[openid], [one.line for one in told])
        for openid, told in crowd.told.items()
    )
    assert crowd.wrong == []
