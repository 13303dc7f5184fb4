"""What has changed: kinds that are new or spiking, since when a tool fails, one side against another."""
