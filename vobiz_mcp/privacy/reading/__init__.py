"""A text read for privacy: which of its words make numbers, and what each number is called."""
