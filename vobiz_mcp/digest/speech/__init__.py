"""Speech as text: its sentences, the values in it, the words that carry its subject."""
