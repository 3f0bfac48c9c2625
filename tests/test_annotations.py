"""Annotations: where a target leads, and what is offered instead."""
