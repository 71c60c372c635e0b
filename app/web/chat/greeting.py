"""What somebody reads who opens the chat for the first time."""

from app.web.chat.rendering import ShownLine, said_by_bot
from bot.phrases import say
from bot.reply import Choices, Text

# wishes that any county's jobs can meet
EXAMPLES = ("有什么岗位", "包吃住的工作", "月薪五千以上")


def greeting(open_jobs: int) -> ShownLine:
    """Says what can be asked; without any open job it says so, and offers no search that must fail."""
    if open_jobs == 0:
        return said_by_bot(Text(say("talk.greet")), Text(say("find.none_at_all")), Choices(("怎么用",)))
    return said_by_bot(Text(say("talk.greet")), Text(say("talk.greet_count", count=open_jobs)), Choices(EXAMPLES))
