"""An agent call within a budget of tokens."""
