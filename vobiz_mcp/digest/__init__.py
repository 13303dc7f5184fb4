"""Pure text: records in, the words that a model reads out."""
