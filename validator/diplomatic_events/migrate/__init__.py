"""Records migrated to another version of the schema."""
