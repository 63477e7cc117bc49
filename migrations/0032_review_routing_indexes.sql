-- no-transaction
-- The claim walks review_items__turn from its start and takes the first that suit its broker.
create index concurrently if not exists review_items__turn on review_items (turn_at, id) where state in ('open', 'snoozed');
create index concurrently if not exists review_items__due on review_items (due_at) where state in ('open', 'snoozed') and chases < 2;
drop index concurrently if exists review_items__claim;
