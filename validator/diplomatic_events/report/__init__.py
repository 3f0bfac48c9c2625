"""From what was found to what a reader gets: places, what is let through, the formats."""
