"""What can go wrong on a call, one subject a file, all limits in `thresholds`; `digest.examined_call` asks them all."""
