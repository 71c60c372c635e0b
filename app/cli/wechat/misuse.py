"""A line of the simulation that cannot be done."""


class Misused(Exception):
    """What it says is for whoever wrote the line."""
