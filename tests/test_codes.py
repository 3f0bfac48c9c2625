"""Codes, language tags and identifiers, and what would be right instead."""
