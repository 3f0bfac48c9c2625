"""The rules in detail: what the conformance suite does not tell apart."""
