"""The ground floor: frozen values. No reading or writing, no clock, no chance."""
