"""Routes: staff/desks."""

from fastapi import APIRouter

router = APIRouter()
