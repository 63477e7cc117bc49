-- no-transaction
-- A period of a market, or its total (day infinity), without a walk over its other days.
create index concurrently if not exists statistic_counters__period on statistic_counters (market, day, field);
