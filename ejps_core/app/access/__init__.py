"""Who may do what where: accounts, roles, secrets, sessions and tokens. The doors ask here, and nowhere else.

A request becomes one `Scope` (`scope_of_session`, `scope_of_token`); whatever reads the store afterwards goes through it.
"""
