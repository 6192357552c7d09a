"""The tables of the store, a theme a file. All but the working state are append-only; importing this declares them all."""

from ejps_core.store.tables.access import (
    Account,
    AccountIdentity,
    AccountRole,
    AccountSecret,
    AccountStanding,
    ApiToken,
    ApiTokenEnd,
    ServiceKey,
    SignInAttempt,
    UsedCode,
)
from ejps_core.store.tables.appeals import Finding, FindingStep, Objection, ObjectionDecision, PublicHoliday
from ejps_core.store.tables.askings import AnswerBatch, Asking
from ejps_core.store.tables.audit import AuditEntry, AuditSeal, AuditSegment
from ejps_core.store.tables.decrees import Decree, DecreeChange, DecreeIssue, DecreeMember, DecreeStep, Delegation
from ejps_core.store.tables.deliveries import Delivery, Document, Handover, Hold, Payment, PaymentReason
from ejps_core.store.tables.duties import Breach, BreachEvent, RequestEvent, SubjectRequest
from ejps_core.store.tables.identifying import MatchingSetting, RunMatching
from ejps_core.store.tables.keeping import DataKey, KeyDestruction, RetentionTerm, StoreIdentity
from ejps_core.store.tables.lists import ColumnMapping, ListRow, ListVersion, Person, ReceivedList, SealedPart
from ejps_core.store.tables.matching import DuplicateFinding, MatchResult, MatchRun, ReviewDecision
from ejps_core.store.tables.money import (
    BudgetTerm,
    BudgetYear,
    FrozenPosition,
    MoneyEntry,
    MoneyFile,
    MoneyFileRow,
    Reconciliation,
    ReconciliationLine,
)
from ejps_core.store.tables.programs import District, ProgramEnabled
from ejps_core.store.tables.public import Complaint, ComplaintStep, StatusCode
from ejps_core.store.tables.record import Record
from ejps_core.store.tables.registers import CompletenessDeclaration, OfficialDetermination, RegisterSnapshot
from ejps_core.store.tables.runs import Decision, Export, Run, RunRegister
from ejps_core.store.tables.samples import Sample, SampleResult, SampleUnit
from ejps_core.store.tables.working import GivenAnswer, Job, SignedIn, Upload

UNTIL_KEY_DESTROYED = ("people", "sealed_parts", "answer_batches")
"""Tables whose records may be deleted once their key was destroyed, and only then; nothing in any table may be changed."""
WORKING = ("sessions", "jobs", "uploads", "given_answers")
"""Tables of the service's working state: no records, so they may be changed and cleared."""

__all__ = [
    "UNTIL_KEY_DESTROYED",
    "WORKING",
    "Account",
    "AccountIdentity",
    "AccountRole",
    "AccountSecret",
    "AccountStanding",
    "AnswerBatch",
    "ApiToken",
    "ApiTokenEnd",
    "Asking",
    "AuditEntry",
    "AuditSeal",
    "AuditSegment",
    "Breach",
    "BreachEvent",
    "BudgetTerm",
    "BudgetYear",
    "ColumnMapping",
    "Complaint",
    "ComplaintStep",
    "CompletenessDeclaration",
    "DataKey",
    "Decision",
    "Decree",
    "DecreeChange",
    "DecreeIssue",
    "DecreeMember",
    "DecreeStep",
    "Delegation",
    "Delivery",
    "District",
    "Document",
    "DuplicateFinding",
    "Export",
    "Finding",
    "FindingStep",
    "FrozenPosition",
    "GivenAnswer",
    "Handover",
    "Hold",
    "Job",
    "KeyDestruction",
    "ListRow",
    "ListVersion",
    "MatchResult",
    "MatchRun",
    "MatchingSetting",
    "MoneyEntry",
    "MoneyFile",
    "MoneyFileRow",
    "Objection",
    "ObjectionDecision",
    "OfficialDetermination",
    "Payment",
    "PaymentReason",
    "Person",
    "ProgramEnabled",
    "PublicHoliday",
    "ReceivedList",
    "Reconciliation",
    "ReconciliationLine",
    "Record",
    "RegisterSnapshot",
    "RequestEvent",
    "RetentionTerm",
    "ReviewDecision",
    "Run",
    "RunMatching",
    "RunRegister",
    "Sample",
    "SampleResult",
    "SampleUnit",
    "SealedPart",
    "ServiceKey",
    "SignInAttempt",
    "SignedIn",
    "StatusCode",
    "StoreIdentity",
    "SubjectRequest",
    "Upload",
    "UsedCode",
]
