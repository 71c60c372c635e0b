"""Errors that know their HTTP status and the sentence for the person who reads it.

One handler renders them as a page, JSON or a chat reply, whichever was asked for.
"""


class AppError(Exception):
    """Something a person must be told. `sentence` is Chinese and says what to do next."""

    status = 500
    retryable = False

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Invalid(AppError):
    """What was typed cannot be taken; `field` names the form field concerned, if one is."""

    status = 422

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


class SignedOut(AppError):
    status = 401


class Forbidden(AppError):
    status = 403


class NotFound(AppError):
    status = 404


class Conflict(AppError):
    """The thing has changed meanwhile, so what was asked no longer fits."""

    status = 409


class TooMany(AppError):
    """Asked too often; worth another try later."""

    status = 429
    retryable = True


class Unavailable(AppError):
    """A passing failure; the same request may succeed in a moment."""

    status = 503
    retryable = True
