"""An agent call within a budget of tokens: what each thing is worth, and which of it goes on the page."""
