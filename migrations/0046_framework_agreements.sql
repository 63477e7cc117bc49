-- Framework agreements (共同成长计划): a line that opens by dated commitments, and what was drawn and repaid under it.

create table framework_agreements (
  id uuid primary key,
  provider_id uuid not null references organisations (id),
  enterprise_id uuid not null references organisations (id),
  market text not null references markets (code),
  state text not null,
  title text not null,
  line_fen bigint not null,
  is_revolving boolean not null,
  valid_from date not null,
  valid_to date not null,
  commitments jsonb not null,
  drawn_fen bigint not null,
  repaid_fen bigint not null,
  end_reason text,
  version integer not null,
  created_by uuid not null references users (id),
  created_at timestamptz not null,
  answered_at timestamptz,
  updated_at timestamptz not null,
  constraint framework_agreements__state check (state in ('proposed', 'in_force', 'declined', 'ended')),
  constraint framework_agreements__sides check (provider_id <> enterprise_id),
  constraint framework_agreements__days check (valid_to >= valid_from),
  -- Whatever the commitments of a day say, more than the line is never out.
  constraint framework_agreements__line check
    (line_fen > 0 and repaid_fen between 0 and drawn_fen and drawn_fen - repaid_fen <= line_fen
     and (is_revolving or drawn_fen <= line_fen))
);
create index framework_agreements__provider on framework_agreements (provider_id, id desc);
create index framework_agreements__enterprise on framework_agreements (enterprise_id, id desc);
