"""The words that privacy knows, in English, Hindi and Hindi in Latin letters."""
