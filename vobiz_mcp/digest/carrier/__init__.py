"""What the carrier tells of a call, in words: live calls, streams, and records of finished calls."""
