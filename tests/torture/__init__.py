"""The bot under faults: killed, cut off and lied to, and at the end counted. `make torture` runs it."""
