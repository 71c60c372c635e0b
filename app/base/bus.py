"""Volatile news between a committed change and the pages that show it.

A topic ("event:7", "place:h3k…") is all that travels: whoever listens reads the truth from the database. News may be
lost with the process; what must not be lost is a row.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


class Bus:
    """Topics within one process. A listener that lags has at most one unread ring: rings carry no content."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)

    def publish(self, topics: Iterable[str]) -> None:
        for topic in topics:
            for ring in self._listeners.get(topic, ()):
                ring.set()

    def publish_everything(self) -> None:
        """Rings everybody, for when news may have been missed."""
        self.publish(list(self._listeners))

    @contextmanager
    def listening(self, *topics: str) -> Iterator[asyncio.Event]:
        """An event that is set by each publication of one of the topics; the listener clears it."""
        ring = asyncio.Event()
        for topic in topics:
            self._listeners[topic].add(ring)
        try:
            yield ring
        finally:
            for topic in topics:
                self._listeners[topic].discard(ring)
                if not self._listeners[topic]:
                    del self._listeners[topic]
