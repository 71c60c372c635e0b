"""Routes: seeker/scan."""

from fastapi import APIRouter

router = APIRouter()
