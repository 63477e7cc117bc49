-- no-transaction
-- What became of the deals about a listing is counted anew whenever one of them moves.
create index concurrently if not exists deals__supply on deals (supply_id, id) where supply_id is not null;
create index concurrently if not exists deals__demand on deals (demand_id, id) where demand_id is not null;
