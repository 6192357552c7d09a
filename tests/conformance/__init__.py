"""The plain reference evaluator and the random rule sets that hold the engine to it."""
