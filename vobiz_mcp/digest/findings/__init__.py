"""What can go wrong on a call, one subject a file; `examine` asks them all."""
