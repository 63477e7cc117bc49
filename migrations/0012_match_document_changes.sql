-- no-transaction
-- Which transaction wrote a document last, so that a process that holds the titles of a side in memory can ask for what
-- is new to it: everything from the oldest transaction that was still open when it asked before. A time would miss rows
-- that are committed later than others written after them. Rows of before have 0, which needs no rewrite of the table.
alter table match_documents add column if not exists changed_xid xid8 not null default '0';
alter table match_documents alter column changed_xid set default pg_current_xact_id();
create index concurrently if not exists match_documents__kind_changed on match_documents (kind, changed_xid);
