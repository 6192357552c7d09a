"""Long work as jobs: asked for by one process, done by another, told as it goes, and not lost when either ends."""
