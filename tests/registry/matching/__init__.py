"""Matching: names, dates, places, outcomes, the queue, duplicates."""
