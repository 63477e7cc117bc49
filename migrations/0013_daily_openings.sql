-- no-transaction
-- How many items were opened today for a listing, an organisation or a market, whatever became of them since.
create index concurrently if not exists review_items__demand_created on review_items (demand_id, created_at);
create index concurrently if not exists review_items__supply_created on review_items (supply_id, created_at);
create index concurrently if not exists review_items__demand_org_created on review_items (demand_org_id, created_at);
create index concurrently if not exists review_items__supply_org_created on review_items (supply_org_id, created_at);
create index concurrently if not exists review_items__market_created on review_items (market, created_at);
