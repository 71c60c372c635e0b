"""Routes: desk/pages."""

from fastapi import APIRouter

router = APIRouter()
