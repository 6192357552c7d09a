"""Lists as districts send them, made by a script, with the verdict that each row must get."""
