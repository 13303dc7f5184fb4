"""What replicas of a server share by way of a Valkey or Redis server; when that fails, each goes on alone."""
