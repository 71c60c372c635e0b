"""Routes: staff/signin."""

from fastapi import APIRouter

router = APIRouter()
