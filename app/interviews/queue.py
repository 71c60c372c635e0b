"""The interview queue: everything that other parts may ask of it.

A place is a row; what may happen to it is the table in `states`, and each change is one conditional update.
"""

from app.interviews.calling import call, call_next, defer, finish, no_show, put_back, ring, undo
from app.interviews.closing import close_ended, close_queue
from app.interviews.joining import join, leave, rejoin
from app.interviews.places import (
    ahead,
    call_backs,
    expected_wait,
    overdue,
    overdue_counts,
    place_by_id,
    place_by_public_id,
    places_in,
    places_of,
)
from app.interviews.queues import counts, find_queue, is_over, pause, queue_for, resume

__all__ = [
    "ahead",
    "call",
    "call_backs",
    "call_next",
    "close_ended",
    "close_queue",
    "counts",
    "defer",
    "expected_wait",
    "find_queue",
    "finish",
    "is_over",
    "join",
    "leave",
    "no_show",
    "overdue",
    "overdue_counts",
    "pause",
    "place_by_id",
    "place_by_public_id",
    "places_in",
    "places_of",
    "put_back",
    "queue_for",
    "rejoin",
    "resume",
    "ring",
    "undo",
]
