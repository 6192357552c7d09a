"""Backup and restore: data and keys apart, each with a manifest that only the keys of the store can have written."""
