"""The schema of each version: which there are, what it says of a record, and its codelists."""
