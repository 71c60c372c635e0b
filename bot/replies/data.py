"""What is held about the seeker: said, and erased when asked for and confirmed."""

import re

from bot.replies.exchange import Exchange, Outcome
from bot.turn import State

_ERASE = re.compile("删|注销|清|抹|撤|别留|不要留|销毁|忘|不想让")
_KEEP_FROM_OTHERS = re.compile("别人|别的|其他|泄露|外传|保密|公开|透露")


async def my_data(exchange: Exchange) -> Outcome:
    """`my_data`."""
    if _KEEP_FROM_OTHERS.search(exchange.text):
        return Outcome(exchange.state).say("data.promise").say("data.how")
    held = await exchange.desk.my_data()
    outcome = Outcome(exchange.state)
    if not held.kinds:
        return outcome.say("data.nothing").choices("start")
    if _ERASE.search(exchange.text):
        outcome.say("data.confirm").say("data.goes").say("data.stays").say("data.sure")
        return outcome.keep(pending="forget").choices("erase")
    outcome.say("data.held", kinds="、".join(held.kinds)).link("data.link", held.link)
    return outcome.say("data.how").choices("held")


async def erased(exchange: Exchange) -> Outcome:
    """The seeker has confirmed: the bot forgets what was talked about, too."""
    if not await exchange.desk.forget_me():
        return Outcome(exchange.state).say("data.nothing_to_erase").choices("start")
    return Outcome(State()).say("data.done").did("forget").choices("start")


async def kept(exchange: Exchange) -> Outcome:
    return Outcome(exchange.state).say("data.kept").choices("start")
