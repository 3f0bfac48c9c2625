"""The texts of sources, and quotes held against them."""
