-- no-transaction
-- A user's stream in order, and what the sequencer has still to number.
create index concurrently notifications__stream on notifications (user_id, seq) where seq is not null;
create index concurrently notifications__unnumbered on notifications (id) where seq is null and in_app;
