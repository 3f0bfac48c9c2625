"""Sound records as tables, as a calendar and as annotations."""
