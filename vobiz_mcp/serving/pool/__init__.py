"""Answers about long calls, made in processes of their own, so that nobody waits for somebody else's hour."""
