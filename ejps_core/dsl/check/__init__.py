"""The syntax tree to a Ruleset: names, types, units, dates, bounds, cycles. All that is wrong is found in one go."""
