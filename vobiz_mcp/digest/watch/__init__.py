"""What has changed on a call since somebody last looked."""
