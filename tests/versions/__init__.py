"""Invented versions of a schema, records of each and the steps between them."""
