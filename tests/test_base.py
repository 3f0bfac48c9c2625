"""The record walked once: what rules look up in it."""
