"""A spoken code that is answered at the moment when there is no more time for it."""

import pytest

from app.base.errors import Unavailable
from app.codes.scan import ScanRecord
from bot.wechat import fields, read_push
from tests.web.wechat.phone import XIAO, Phone
from tests.wechat_platform import pushes, xml


async def test_what_was_just_answered_is_acknowledged_with_its_scan(
    phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its words are in the transcript before its scan is in the ledger, and a server may end in between."""
    pusher, reception = phone.pusher(), phone.wechat.reception
    push = read_push(fields(xml.write(pusher._nodes(pusher.dated(pushes.text(XIAO, "101")))).encode()))

    async def refuse(_scan: ScanRecord) -> None:
        raise Unavailable("现在人多")

    with monkeypatch.context() as broken:
        broken.setattr(phone.held.ledger, "record", refuse)
        with pytest.raises(Unavailable):
            await reception.answer(push, now=phone.clock())
    assert [speaker for speaker, _ in await phone.transcript()] == ["seeker", "bot"]
    told = await reception.put_off(push, now=phone.clock())
    assert [scan[2] for scan in await phone.scans()] == ["spoken"]
    assert told.text.startswith("电焊工（101号）")
    assert told == await reception.answer(push, now=phone.clock())
    assert [speaker for speaker, _ in await phone.transcript()] == ["seeker", "bot"]
