"""What e-JPS is made of: the list of its packages (SBOM), and what is known of their holes."""
