"""How durations, places, times and parties are written in all answers, and other people's text made safe among them."""
