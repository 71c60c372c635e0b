"""Which row of a new file is which posting of the event, and what it changes.

Rules and reasons: docs/decisions/0002-import-drafts.md.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.employers.employers import name_key
from app.postings.columns import POSTING_FIELDS, draft_of, values_of
from app.postings.draft import Finding, PostingDraft
from app.postings.models import Listing
from bot.terms.text import squeeze


@dataclass(frozen=True)
class Prepared:
    """A draft ready to be saved. `read` are the values its file gave, from `cells`, before staff corrected any."""

    draft: PostingDraft
    values: dict[str, Any]
    read: dict[str, Any]
    findings: tuple[Finding, ...]
    cells: Mapping[str, str]
    file: str = ""


@dataclass(frozen=True)
class Change:
    """A field that a newer file gives another value; both as in `values_of`."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Comparison:
    """A draft beside the listing it is, if there is one, and what it changes there."""

    prepared: Prepared
    listing: Listing | None = None
    changes: tuple[Change, ...] = field(default=())

    @property
    def kind(self) -> str:
        """One of "new", "changed", "same"."""
        if self.listing is None:
            return "new"
        return "changed" if self.changes else "same"


_Key = Callable[[dict[str, Any]], Hashable]


def _job(values: dict[str, Any]) -> tuple[str, str]:
    return _name(values["employer"]), _words(values["title"])


# the same names and titles are looked at again for each key
_name = lru_cache(maxsize=4096)(name_key)


@lru_cache(maxsize=8192)
def _words(text: str) -> str:
    return squeeze(text).casefold()


# from the surest likeness to the weakest; within one, the n-th row is the n-th posting
_KEYS: tuple[_Key, ...] = (
    lambda values: (*_job(values), _words(values["address"]), values["education"], values["pay"]["text"]),
    lambda values: (*_job(values), _words(values["address"]), values["education"]),
    lambda values: (*_job(values), _words(values["address"])),
    _job,
)


def compare(listings: Sequence[Listing], prepared: Sequence[Prepared]) -> list[Comparison]:
    """Each draft with the listing it is; postings and employers of the listings are loaded."""
    known = {listing.id: values_of(draft_of(listing.posting)) for listing in listings}
    partner = _pair(listings, known, prepared)
    return [
        Comparison(item, listing, _changes(listing, known[listing.id], item)) if listing else Comparison(item)
        for item, listing in ((item, partner.get(place)) for place, item in enumerate(prepared))
    ]


def _pair(
    listings: Sequence[Listing], known: dict[int, dict[str, Any]], prepared: Sequence[Prepared]
) -> dict[int, Listing]:
    """Listings by the place of their draft. First what a file said last time, then what the postings say today."""
    partner: dict[int, Listing] = {}
    free = list(listings)
    said = {listing.id: listing.posting.source.get("read") or known[listing.id] for listing in listings}
    for key in (_whole, *_KEYS):
        for theirs, ours in ((said, "read"), (known, "values")):
            if not free or len(partner) == len(prepared):
                return partner
            waiting: dict[Hashable, list[Listing]] = defaultdict(list)
            for listing in reversed(free):
                waiting[key(theirs[listing.id])].append(listing)
            for place, item in enumerate(prepared):
                queue = waiting.get(key(getattr(item, ours))) if place not in partner else None
                if queue:
                    partner[place] = queue.pop()
            taken = {listing.id for listing in partner.values()}
            free = [listing for listing in free if listing.id not in taken]
    return partner


def _whole(values: dict[str, Any]) -> Hashable:
    return json.dumps(values, sort_keys=True)


def _changes(listing: Listing, current: dict[str, Any], item: Prepared) -> tuple[Change, ...]:
    """What the file or its corrector says anew; what only differs because staff edited the posting since stays."""
    last = listing.posting.source.get("read")
    return tuple(
        Change(name, current[name], item.values[name])
        for name in POSTING_FIELDS
        if item.values[name] != current[name]
        and (last is None or item.read[name] != last.get(name) or item.values[name] != item.read[name])
    )
