"""绑定 482913: somebody in the chat says which browser is theirs, by the digits that its page shows."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from app.base.database import Database
from app.base.keys import Keys
from app.chat.one_person import tie
from app.seekers.models import Seeker
from app.seekers.seekers import OPENID
from app.wechat.accounts import held, may
from app.wechat.peers import meet
from app.wechat.tie_codes import DIGITS, Redeemed, redeem
from bot.phrases import say

_BETWEEN = re.compile(r"[\s\-—:：,，.。、\"“”'‘’号码是为]+")
_TIES = re.compile(r"绑定(?P<digits>[0-9]*)")
_EXAMPLE = "482913"


def digits_to_tie(text: str) -> str | None:
    """What stands behind 绑定, however it is spaced and written; None where that is not what was said."""
    said = _TIES.fullmatch(_BETWEEN.sub("", unicodedata.normalize("NFKC", text)))
    return said["digits"] if said else None


async def answer_to_tie(
    database: Database, account_id: int, openid: str, text: str, *, keys: Keys, now: datetime
) -> str | None:
    """What to answer who wrote that, or None where it is for the bot. The same words again get the same answer."""
    digits = digits_to_tie(text)
    if digits is None:
        return None
    if len(digits) != DIGITS:
        return say("tying.how", example=_EXAMPLE)
    async with database.write() as session:
        account = await held(session, account_id)
        redeemed = await redeem(session, keys.hash(OPENID, openid), digits, keys=keys, now=now)
        outcome = await _outcome(session, redeemed, openid, keys=keys, now=now)
        # after the conversation was held, in which a turn meets them, too
        await meet(session, account_id, openid, keys=keys, how="said", now=now)
        return say(f"tying.{outcome}" if may(account, "custom") or outcome != "tied" else "tying.tied_silently")


async def _outcome(session: AsyncSession, redeemed: Redeemed, openid: str, *, keys: Keys, now: datetime) -> str:
    """The name of the sentence."""
    code = redeemed.code
    if code is None:
        return redeemed.how
    if redeemed.how == "good":
        seeker = await session.get_one(Seeker, code.seeker_id)
        code.outcome = await tie(session, seeker, openid, keys=keys, now=now)
    return code.outcome or "unknown"
