-- Which transaction wrote a document last, so that a process that holds the titles of a side in memory can ask for what
-- is new to it: everything from the oldest transaction that was still open when it asked before. A time would miss rows
-- that are committed later than others written after them.
alter table match_documents add column changed_xid xid8 not null default pg_current_xact_id();
create index match_documents__kind_changed on match_documents (kind, changed_xid);
