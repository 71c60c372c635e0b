"""Routes: staff/callbacks."""

from fastapi import APIRouter

router = APIRouter()
