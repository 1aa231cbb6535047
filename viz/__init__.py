"""Paths become pictures."""
