"""Money by phase and district, positions, targeting, samples."""
