"""Passwords as argon2id hashes (RFC 9106), computed in a thread: one costs tens of milliseconds and 64 MiB."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.base.errors import Invalid

MIN_LENGTH = 8
MAX_LENGTH = 200
_HASHING = PasswordHash((Argon2Hasher(),))
# of their own, and few: however many try, they take 128 MiB and hold up nothing else that runs in threads
_THREADS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")


async def hash_password(password: str) -> str:
    """Raises Invalid where the password is too short or too long to be one."""
    if not MIN_LENGTH <= len(password) <= MAX_LENGTH:
        raise Invalid(f"密码要有 {MIN_LENGTH} 到 {MAX_LENGTH} 个字符。", field="password")
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHING.hash, password)


async def matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is the one; with no hash the same work is done, so that time tells nothing of names."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _matches, password[:MAX_LENGTH], password_hash)


def _matches(password: str, password_hash: str | None) -> bool:
    is_right = _HASHING.verify(password, password_hash or _nobody())
    return is_right and password_hash is not None


@cache
def _nobody() -> str:
    """The hash an unknown name is measured against."""
    return _HASHING.hash("the password of nobody at all")
