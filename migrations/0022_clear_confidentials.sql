-- no-transaction
-- What is still stored in clear: empty once the job has sealed it, so that its hourly look costs nothing.
create index concurrently if not exists listing_confidentials__clear on listing_confidentials (listing_id)
  where detail is not null or contact is not null;
