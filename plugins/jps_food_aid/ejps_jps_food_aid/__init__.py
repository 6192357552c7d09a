"""The food aid of the 2020 social safety net: rules in program.ejps, declared to e-JPS in plugin.py."""
