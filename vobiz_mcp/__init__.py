"""Call observability for AI agents: Vobiz calls, streams and agent calls, condensed for a model's context."""

__version__ = "0.1.0"
