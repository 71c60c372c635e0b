"""Why a push is not taken: each refusal with the HTTP status that answers it."""


class PushError(Exception):
    """A push that nothing is done for; its words are for the log, and hold nothing of what was sent."""

    status = 400


class BadSignature(PushError):
    """It is not from the platform, or not for this account, or too old: 403."""

    status = 403


class Malformed(PushError):
    """It is signed well and cannot be read: 400."""
