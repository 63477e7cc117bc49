-- What brokers get of a closed deal, in fen, with the amount and the rate that it was computed from; null while there is none.
alter table deals add column commission jsonb;
