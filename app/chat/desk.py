"""The bot's window on the database: one seeker, one turn."""

from app.chat.windows.answers import AnswerWindow
from app.chat.windows.data import DataWindow
from app.chat.windows.jobs import JobWindow
from app.chat.windows.news import NewsWindow
from app.chat.windows.people import PeopleWindow
from app.chat.windows.queue import QueueWindow
from bot.understanding.trades import Trades


class DatabaseDesk(JobWindow, QueueWindow, AnswerWindow, PeopleWindow, NewsWindow, DataWindow):
    """Implements `bot.desk.Desk`."""

    @property
    def trades(self) -> Trades:
        return self._at.trades
