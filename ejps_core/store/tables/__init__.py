"""The tables of the store, a theme a file. All are append-only; importing this module declares them all."""

from ejps_core.store.tables.askings import AnswerBatch, Asking
from ejps_core.store.tables.audit import AuditEntry, AuditSeal, AuditSegment
from ejps_core.store.tables.keeping import DataKey, KeyDestruction, RetentionTerm, StoreIdentity
from ejps_core.store.tables.lists import ColumnMapping, ListRow, ListVersion, Person, ReceivedList, SealedPart
from ejps_core.store.tables.matching import DuplicateFinding, MatchResult, MatchRun, ReviewDecision
from ejps_core.store.tables.programs import District, ProgramEnabled
from ejps_core.store.tables.record import Record
from ejps_core.store.tables.registers import CompletenessDeclaration, OfficialDetermination, RegisterSnapshot
from ejps_core.store.tables.runs import Decision, Export, Run, RunRegister

UNTIL_KEY_DESTROYED = ("people", "sealed_parts", "answer_batches")
"""Tables whose records may be deleted once their key was destroyed, and only then; nothing in any table may be changed."""

__all__ = [
    "UNTIL_KEY_DESTROYED",
    "AnswerBatch",
    "Asking",
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
    "StoreIdentity",
]
