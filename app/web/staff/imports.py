"""Routes: staff/imports."""

from fastapi import APIRouter

router = APIRouter()
