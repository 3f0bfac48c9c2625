"""A file changed without disturbing the rest of it."""
