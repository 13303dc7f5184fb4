"""Saved calls in any number as rows: files in shards, shards in processes, what is done stays done."""
