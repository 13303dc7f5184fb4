"""Words that all answers share, and other people's text made safe to stand between them."""
