"""The bot in a terminal: the same application and handlers, with Telegram played in the process."""
