-- What an application is connected with: the agreement it is drawn under, the pool behind it, and the quota of its product.

alter table finance_applications
  add column agreement_id uuid,
  add column risk_pool_id uuid,
  add column rate_basis_points integer,
  add column quota_held_fen bigint not null default 0,
  add column chased_at timestamptz;

alter table finance_applications
  add constraint finance_applications__quota check (quota_held_fen >= 0) not valid;
