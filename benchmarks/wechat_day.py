"""A day of an official account and 10,000 people, simulated: `python benchmarks/wechat_day.py [PEOPLE]`.

The application and the platform are in one process and go by one clock, so that nothing waits: see tests/wechat/day.py
for what happens. Once with faults sprinkled in, and once with every call refused for its token (40001). It fails
where the platform was asked for what it does not allow, or a push is not answered once, or a message is in nobody's
sight; what it prints are counts, which the machine does not change, and how long it took, which it does.
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from app.base import schema
from tests.wechat.day import CUSTOM, TOKENS, Day, Found, check, day

PEOPLE = 10_000
MOST_TOKENS = 13
"""In a day: each lives for two hours, and a new one is given in its last five minutes."""


async def run(name: str, folder: Path, people: int, *, refused: bool) -> tuple[Day, Found]:
    url = f"sqlite+aiosqlite:///{folder}/{name.replace(' ', '-')}.db"
    await asyncio.to_thread(schema.upgrade, url)
    start = time.perf_counter()
    async with day(url, folder, people=people) as one:
        if refused:
            one.refuse_tokens()
        await one.pass_by()
        found = await one.found()
    print(f"{name}: {people:,} people, {time.perf_counter() - start:.0f} s")
    print(f"  pushes answered {one.answers.total():,}: {dict(one.answers)}; kept {found.kept:,}")
    print(f"  messages out: {found.sends}; arrived {len(one.platform.sent):,}")
    for path in (CUSTOM, TOKENS):
        print(f"  {path}: {dict(one.platform.codes(path))}")
    assert one.answers.total() == sum(act.push is not None for act in one.crowd.acts())
    return one, found


async def both(folder: Path, people: int) -> None:
    one, found = await run("a day with faults", folder, people, refused=False)
    check(one, found)
    assert len(one.platform.tokens_fetched) <= MOST_TOKENS
    one, found = await run("a day of refused tokens", folder, people, refused=True)
    assert (one.platform.sent, one.changed) == ([], [])
    assert set(found.sends) <= {"waiting", "parked", "failed"}
    # the platform gives a token by force 20 times a day; and each refusal is followed by a wait that doubles
    assert len(one.platform.tokens_fetched) <= 40
    assert one.platform.codes(CUSTOM)[40001] <= 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("people", nargs="?", type=int, default=PEOPLE)
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent) as folder:
        asyncio.run(both(Path(folder), parser.parse_args().people))


if __name__ == "__main__":
    main()
