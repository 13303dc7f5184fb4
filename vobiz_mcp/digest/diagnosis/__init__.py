"""One call as all its sources tell it, and what does not fit between them."""
