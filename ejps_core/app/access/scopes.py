"""What a door must be able to name: for whom the store is seen, in which role and for what; what it refuses; plugins."""

from ejps_core.hooks.manager import Plugins
from ejps_core.store.acts import Act, Purpose, Role
from ejps_core.store.problems import StoreError
from ejps_core.store.scope import EVERYWHERE, Scope, out_of_scope
from ejps_core.store.session import Store
from ejps_core.store.words import AccountState, IdentityKind, JobState

__all__ = [
    "EVERYWHERE",
    "AccountState",
    "Act",
    "IdentityKind",
    "JobState",
    "Plugins",
    "Purpose",
    "Role",
    "Scope",
    "Store",
    "StoreError",
    "out_of_scope",
]
