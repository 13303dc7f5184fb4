"""What stands above an agent call's story: outcome, findings, latency, cost; and the call as a row of a list."""
