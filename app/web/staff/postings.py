"""Routes: staff/postings."""

from fastapi import APIRouter

router = APIRouter()
