"""Public names of things: random, so that an address tells nothing of how many there are."""

import secrets

# no vowels (no words by chance), nothing that looks like something else
_ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"


def new_public_id(*, length: int = 12) -> str:
    """A random name of `length` characters; 12 carry 57 bits."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def new_secret() -> str:
    """An unguessable word of 128 bits for links that carry a right."""
    return new_public_id(length=27)
