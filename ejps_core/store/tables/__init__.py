"""The tables of the store, a theme a file. All but the working state are append-only; importing this declares them all."""

from ejps_core.store.tables.access import (
    Account,
    AccountRole,
    AccountSecret,
    AccountStanding,
    ApiToken,
    ApiTokenEnd,
    ServiceKey,
    SignInAttempt,
    UsedCode,
)
from ejps_core.store.tables.audit import AuditEntry, AuditSeal, AuditSegment
from ejps_core.store.tables.keeping import DataKey, KeyDestruction, RetentionTerm, StoreIdentity
from ejps_core.store.tables.lists import ColumnMapping, ListRow, ListVersion, Person, ReceivedList, SealedPart
from ejps_core.store.tables.matching import DuplicateFinding, MatchResult, MatchRun, ReviewDecision
from ejps_core.store.tables.programs import District, ProgramEnabled
from ejps_core.store.tables.record import Record
from ejps_core.store.tables.registers import CompletenessDeclaration, OfficialDetermination, RegisterSnapshot
from ejps_core.store.tables.runs import Decision, Export, Run, RunRegister
from ejps_core.store.tables.working import GivenAnswer, Job, SignedIn, Upload

UNTIL_KEY_DESTROYED = ("people", "sealed_parts")
"""Tables whose records may be deleted once their key was destroyed, and only then; nothing in any table may be changed."""
WORKING = ("sessions", "jobs", "uploads", "given_answers")
"""Tables of the service's working state: no records, so they may be changed and cleared."""

__all__ = [
    "UNTIL_KEY_DESTROYED",
    "WORKING",
    "Account",
    "AccountRole",
    "AccountSecret",
    "AccountStanding",
    "ApiToken",
    "ApiTokenEnd",
    "AuditEntry",
    "AuditSeal",
    "AuditSegment",
    "ColumnMapping",
    "CompletenessDeclaration",
    "DataKey",
    "Decision",
    "District",
    "DuplicateFinding",
    "Export",
    "GivenAnswer",
    "Job",
    "KeyDestruction",
    "ListRow",
    "ListVersion",
    "MatchResult",
    "MatchRun",
    "OfficialDetermination",
    "Person",
    "ProgramEnabled",
    "ReceivedList",
    "Record",
    "RegisterSnapshot",
    "RetentionTerm",
    "ReviewDecision",
    "Run",
    "RunRegister",
    "SealedPart",
    "ServiceKey",
    "SignInAttempt",
    "SignedIn",
    "StoreIdentity",
    "Upload",
    "UsedCode",
]
