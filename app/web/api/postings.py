"""Routes: api/postings."""

from fastapi import APIRouter

router = APIRouter()
