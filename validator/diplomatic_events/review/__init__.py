"""A check as a page for a reviewer: the findings, the record and the texts of its sources, marked and linked."""
