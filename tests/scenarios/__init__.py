"""Days in the life of the system, worked out beforehand: each must come out exactly."""
