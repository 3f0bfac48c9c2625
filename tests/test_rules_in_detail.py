"""Details of the rules."""
