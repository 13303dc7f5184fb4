"""What can go wrong on a call, one subject a file, with every limit in `thresholds`; `digest.examine` asks them all."""
