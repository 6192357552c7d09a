"""What helps authors."""
