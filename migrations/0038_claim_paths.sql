-- no-transaction
-- A claim takes from two ends: items that nobody holds, in the order of the queue, and those that came back, by when they did.
-- One index of all open items made every claim walk past everything that is under a lease.
create index concurrently if not exists review_items__free_turn on review_items (turn_at, id) where state = 'open' and lease_until is null;
create index concurrently if not exists review_items__back on review_items (coalesce(lease_until, snoozed_until))
  where state in ('open', 'snoozed') and coalesce(lease_until, snoozed_until) is not null;
