"""Hooks through which programs come in (pluggy)."""
