"""Routes: api/reference."""

from fastapi import APIRouter

router = APIRouter()
