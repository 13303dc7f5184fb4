"""The words that privacy knows, with spoken digits and multipliers such as `double`, in English, Hindi and Hinglish."""
