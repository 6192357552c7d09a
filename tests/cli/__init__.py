"""The command line as scripts see it: exit codes, streams, both languages."""
