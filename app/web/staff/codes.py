"""Routes: staff/codes."""

from fastapi import APIRouter

router = APIRouter()
