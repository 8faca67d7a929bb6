"""The bot at the size of years: filled by COPY, timed against bare transactions. `make bench` runs it."""
