"""What has changed on a call since somebody last looked; how often one looks stands in `tools/watch_call`."""
