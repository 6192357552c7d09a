"""The benchmark: one synthetic workload, its checksums, our engine beside hand-written SQL in the same run."""
