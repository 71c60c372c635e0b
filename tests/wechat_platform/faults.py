"""Faults that a test plans for the calls to come."""

import threading
from dataclasses import dataclass, field
from typing import Literal

EVERY_PATH = "*"

Kind = Literal["code", "timeout", "reset", "html", "bad_gateway", "truncated"]


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call.

    `code`: the error code is answered and nothing is done; `timeout`: no answer comes; `reset`: the connection breaks;
    `html`: 200 and a page; `bad_gateway`: 502 and a page; `truncated`: half a JSON body. `done`: the call has had its
    effect before, and only its answer is lost.
    """

    kind: Kind
    code: int = 0
    done: bool = False


# the message was sent, and who sent it cannot know
ANSWER_LOST = Fault("reset", done=True)
ANSWER_LATE = Fault("timeout", done=True)


@dataclass
class Faults:
    """The faults planned, by path: those with a number of times in their order, then the lasting one."""

    planned: dict[str, list[Fault | None]] = field(default_factory=dict)
    lasting: dict[str, Fault] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def plan(self, path: str, *faults: Fault | int | None) -> None:
        """The next calls of `path` (`EVERY_PATH`: of any) meet these, one each.

        A number is an error code, None a call that goes well.
        """
        with self._lock:
            self.planned.setdefault(path, []).extend(_fault(fault) for fault in faults)

    def last(self, path: str, fault: Fault | int) -> None:
        """Every call of `path` meets it until `clear`."""
        with self._lock:
            self.lasting[path] = Fault("code", fault) if isinstance(fault, int) else fault

    def clear(self) -> None:
        with self._lock:
            self.planned.clear()
            self.lasting.clear()

    def take(self, path: str) -> Fault | None:
        """The fault of this call, which is used up where it was planned."""
        with self._lock:
            for key in (path, EVERY_PATH):
                if self.planned.get(key):
                    return self.planned[key].pop(0)
                if key in self.lasting:
                    return self.lasting[key]
            return None


def _fault(fault: Fault | int | None) -> Fault | None:
    return Fault("code", fault) if isinstance(fault, int) else fault
