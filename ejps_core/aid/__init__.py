"""What became of the decisions: money and deliveries by phase and district, positions, targeting, samples. Pure values."""
