"""Secrets taken out of a whole record, and the marks that stand in their place."""
