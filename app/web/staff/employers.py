"""Routes: staff/employers."""

from fastapi import APIRouter

router = APIRouter()
