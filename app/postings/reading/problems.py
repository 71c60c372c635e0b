"""Why something could not be read, in a sentence for the person who sent it."""


class BadFileError(Exception):
    """The whole file is of no use; `message` says what is wrong and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UnreadableError(ValueError):
    """One cell means nothing certain. `kind` is an error kind of the contract."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
