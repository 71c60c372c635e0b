"""The shape of addresses that codes hold, in any case: J or I and a token. No page of another kind has it."""

from starlette.convertors import Convertor, register_url_convertor

from qr.token import read_code


class _CodeShape(Convertor[str]):
    """Six or more letters and digits behind the kind, with the spaces and hyphens that people type between them."""

    regex = r"[JIji](?:[ \-]?[0-9A-Za-z]){6,}"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


register_url_convertor("code", _CodeShape())
PATH = "/{written:code}"
"""A route's path; `written` is what stands in the address."""


def kind_and_token(written: str) -> tuple[str, str]:
    """The kind, and the token as it was given out; as it was written where it cannot be one of ours."""
    return read_code(written) or (written[0].upper(), written[1:])
