"""The loop that joins a driver, a session and a view, and what it leaves behind on disk."""
