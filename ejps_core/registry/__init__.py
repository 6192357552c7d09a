"""People and lists: candidate lists of any format become Candidates, every row and cell accounted for."""
