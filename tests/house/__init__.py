"""What holds of the source as a whole: floors, sizes, privacy, documents, locks."""
