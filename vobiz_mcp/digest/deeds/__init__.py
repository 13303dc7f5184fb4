"""What was done on a call: the tool calls that changed something, each with what came back."""
