"""Routes: seeker/places."""

from fastapi import APIRouter

router = APIRouter()
