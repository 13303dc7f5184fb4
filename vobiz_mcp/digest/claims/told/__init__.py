"""What the agent tells of amounts, prices, things, days and counts, held against what the tools returned."""
