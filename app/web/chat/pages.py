"""Routes: chat/pages."""

from fastapi import APIRouter

router = APIRouter()
