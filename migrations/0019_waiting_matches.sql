-- no-transaction
-- The proposed matches of a market, the best first: among them those that wait until a limit lets them before a broker.
create index concurrently if not exists matches__market_proposed on matches (market, score desc, id desc)
  where state = 'proposed';
