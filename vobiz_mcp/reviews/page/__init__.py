"""Many calls on one page within a budget of tokens: what went wrong first, each number with its calls."""
