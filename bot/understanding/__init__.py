"""What a message means: its intent and its slots; deterministic, local, without a model."""

from bot.understanding.reading import Understanding, understand

__all__ = ["Understanding", "understand"]
