"""Files about money: entries a row, the realisation by district, and what a treasury or a bank exports."""
