"""The words of the system and the store. Knows nothing of files, risk or HTTP."""
