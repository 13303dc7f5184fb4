"""What the agent said, held against what the tools did, and what the caller made of it."""
