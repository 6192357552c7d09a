"""The store: lists, registers, runs and decisions on record, with personal data sealed and every act logged.

SQLite by default, PostgreSQL by URL, one schema (`tables`, `migrations`). Nothing in it is changed: a correction is a new
record, and triggers in both databases refuse the rest. Times come from the caller: the store has no clock of its own.

    act = Act(who, Role.DISTRICT, Purpose.IMPORT, now, why, district="75.04")
    with open_store(place) as store:                       # opening: create_store, upgrade_store
        receipt = receive(store, act, incoming)            # lists: a file becomes a version, whole or not at all
        families, members, facts_hash = read_facts(store, act, receipt.version_id)
        people = reveal(store, act, receipt.version_id)    # people: the only way to identifiers in clear; find by NIK
        add_snapshot(store, act, Snapshot(…), parquet)     # registers: declare, complete_for, read_snapshot
        with store.writing(act) as work:                   # anything else: one transaction, told in the audit log
            determine(work, Determination(…))              # determinations, matches, programs, runs, money …
        with store.reading() as session:                   # one moment, read-only; select(...) of `tables`
            determined(session, list_id, known=moment)     # `known`: only what was on record by then
"""
