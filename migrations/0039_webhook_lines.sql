-- no-transaction
-- The line of an endpoint: what is due first comes first.
create index concurrently if not exists webhook_deliveries__line on webhook_deliveries (endpoint_id, next_attempt_at) where state = 'pending';
drop index concurrently if exists webhook_deliveries__pending;
drop index concurrently if exists webhook_deliveries__due;
