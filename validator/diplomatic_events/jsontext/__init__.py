"""The text of a record: read fast, read exactly, its faults, and where each value stands in it."""
