"""Reports: what was decided, as counts, tables and files. Sees the model only; decides nothing."""
