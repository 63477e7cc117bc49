-- no-transaction
-- An operator reads the entries of all organisations of the market, newest first.
create index concurrently if not exists audit_entries__seq on audit_entries (seq);
