"""Why the platform did not do what it was asked to."""

from datetime import datetime


class ApiError(Exception):
    """The platform refused with that code; `app.wechat.codes` knows what it means. `words` are the platform's own.

    What it says of itself holds the number only: words may name a person.
    """

    def __init__(self, code: int, words: str = "") -> None:
        super().__init__(f"the platform answered {code}")
        self.code, self.words = code, words


class Unreachable(ApiError):
    """There was no answer that can be read: no connection, no answer in time, 5xx, a page. Its code is -1.

    `reached`: the call may have arrived, and may have been done.
    """

    def __init__(self, *, reached: bool) -> None:
        super().__init__(-1, "no answer")
        self.reached = reached


class NotYet(Exception):
    """The call was not made and must not be before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__("a call that must not be made yet")
        self.until = until


class NoToken(NotYet):
    """There is no access token. `code`: with what the platform refused one just now; None where it was not asked."""

    def __init__(self, until: datetime, *, code: int | None = None) -> None:
        super().__init__(until)
        self.code = code


class Lacking(Exception):
    """The call was not made: the account may not do that."""

    def __init__(self, capability: str) -> None:
        super().__init__(f"the account may not: {capability}")
        self.capability = capability
