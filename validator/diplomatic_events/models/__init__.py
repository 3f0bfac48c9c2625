"""The record as typed Python models, and its codes as types."""
