"""Wording: does a report say exactly this, where, and what differs from it."""
