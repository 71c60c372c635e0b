"""Hundreds of envelopes as no platform sends them; `python benchmarks/wechat_fuzz.py` has a hundred thousand."""

import pytest

from tests.web.wechat.envelopes import Envelopes
from tests.web.wechat.judging import Judge, errors_logged
from tests.web.wechat.phone import Phone
from tests.web.wechat.test_wechat_refusals import everything
from tests.wechat_platform.pusher import Mode

REFUSED, STRANGE = 600, 60


@pytest.fixture(params=["plain", "secure"])
def mode(request: pytest.FixtureRequest) -> Mode:
    way: Mode = request.param
    return way


async def test_no_envelope_breaks_anything(phone: Phone) -> None:
    judge, cases = Judge(phone.pusher()), Envelopes(phone.pusher(), seed=20210209)
    with errors_logged() as errors:
        before = await everything(phone.app)
        taken = await judge.try_all(case for case in cases.refused(REFUSED) if case.verdict == "refused")
        assert (judge.wrong, taken) == ([], 0)
        assert await everything(phone.app) == before
        taken = await judge.try_all(cases.strange(STRANGE))
    assert judge.wrong == []
    assert errors == []
    assert taken > STRANGE // 3
