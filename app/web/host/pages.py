"""Routes: host/pages."""

from fastapi import APIRouter

router = APIRouter()
