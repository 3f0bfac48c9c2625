"""The index of the records of a run."""
