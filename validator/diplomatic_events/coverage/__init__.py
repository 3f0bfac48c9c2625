"""Which passages of a source no evidence covers."""
