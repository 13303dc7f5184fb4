"""What can go wrong on a call, one subject per file; `digest.examine` asks them all."""
