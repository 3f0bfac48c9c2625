"""From what was found to what a reader is given: places, what is let pass, the formats."""
