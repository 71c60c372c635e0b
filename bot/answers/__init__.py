"""Curated answers: which one a question asks for, and for which place."""
