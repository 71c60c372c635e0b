"""Routes: staff/events."""

from fastapi import APIRouter

router = APIRouter()
