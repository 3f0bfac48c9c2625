"""What it means to a reader that a record breaks the schema."""
