"""The text of a record: read fast, read exactly, its faults, and the place of each value."""
