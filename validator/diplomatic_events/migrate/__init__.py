"""Records brought to another version of the schema."""
