"""Commands about calls that were saved: no account and no network."""
