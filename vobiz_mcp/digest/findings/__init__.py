"""What can go wrong on a call, one subject a file, with all limits in `thresholds`; `digest.examine` asks them all."""
