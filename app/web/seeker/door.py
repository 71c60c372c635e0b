"""Routes: seeker/door."""

from fastapi import APIRouter

router = APIRouter()
