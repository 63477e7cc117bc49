-- no-transaction
create index concurrently if not exists finance_applications__late on finance_applications (due_at)
  where due_at is not null and chased_at is null;
