"""Typed records of what the two APIs send."""
