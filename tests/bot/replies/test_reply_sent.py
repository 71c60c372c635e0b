"""What seekers send that is neither words nor a code."""

import pytest

from bot.desk import HumanResult
from bot.memory_desk import MemoryDesk
from bot.phrases import labels, say
from bot.replies.sent import name_of
from bot.reply import Choices, Text
from bot.turn import Sent, SentKind
from tests.bot.bot_cast import Talk, make_job


@pytest.mark.parametrize("kind", ["picture", "voice", "video", "link", "location", "file"])
async def test_what_cannot_be_taken_is_said_to_be_so(kind: SentKind) -> None:
    talk = Talk(MemoryDesk([make_job()]))
    await talk.say("宜秀区的焊工")
    before = talk.state
    reply = await talk.send(Sent(kind))
    assert reply.parts == [Text(say(f"sent.{kind}")), Choices(labels("start"))]
    assert (reply.intent, talk.state) == ("help", before)


async def test_who_follows_is_greeted() -> None:
    reply = await Talk(MemoryDesk([make_job()])).send(Sent("follow"))
    assert reply.intent == "greet"
    assert reply.text == f"{say('talk.greet')}\n{say('talk.greet_count', count=1)}"


async def test_a_location_is_a_search_there_and_the_next_message_goes_on_from_it() -> None:
    near, far = make_job("near", division="340822"), make_job("far", division="340881")
    talk = Talk(MemoryDesk([near, far]))
    reply = await talk.send(Sent("location", "340822"))
    assert (reply.intent, reply.slots) == ("find_jobs", {"divisions": ["340822"]})
    assert [job.key for job in reply.jobs] == ["near"]
    assert reply.parts[0] == Text("按您发的位置，您在怀宁县。")
    assert (await talk.say("焊工")).wishes.divisions == ("340822",)


async def test_a_location_that_nobody_knows_asks_for_words() -> None:
    reply = await Talk(MemoryDesk([make_job()])).send(Sent("location", "999999"))
    assert reply.parts[0] == Text(say("sent.location"))


@pytest.mark.parametrize("sent", [Sent("voice"), Sent("location", "340822"), Sent("follow")])
async def test_the_bot_is_silent_while_people_have_the_conversation(sent: Sent) -> None:
    talk = Talk(MemoryDesk([make_job()], person=HumanResult(present=True)))
    await talk.say("转人工")
    before = talk.state
    assert ((await talk.send(sent)).parts, talk.state) == ([], before)


def test_a_transcript_names_what_was_sent() -> None:
    assert [name_of(Sent(kind)) for kind in ("follow", "voice", "location")] == ["", "［语音］", "［位置］"]
