"""A text read for privacy: the numbers in it, however they are said, and what each is called."""
