-- What users chose to hear and how, and the mails that follow. A notification is in at most one mail: its row in
-- notification_mails is keyed by the notification and names the mail, or none while it waits for the daily digest.

alter table notifications add column in_app boolean not null default true;

create table notification_settings (
  user_id uuid primary key references users (id),
  locale text not null,
  time_zone text not null,
  quiet_from text,
  quiet_to text,
  daily_mail_max integer not null,
  updated_at timestamptz not null,
  constraint notification_settings__locale check (locale in ('zh', 'en')),
  constraint notification_settings__quiet_whole check (num_nulls(quiet_from, quiet_to) in (0, 2)),
  constraint notification_settings__daily_mail_max check (daily_mail_max between 0 and 200)
);

-- A kind, or '*' for all kinds without a choice of their own.
create table notification_preferences (
  user_id uuid not null references users (id),
  kind text not null,
  channel text not null,
  mode text not null,
  primary key (user_id, kind, channel),
  constraint notification_preferences__channel check (channel in ('inApp', 'email')),
  constraint notification_preferences__mode check (mode in ('instant', 'digest', 'off'))
);

create table mail_deliveries (
  id uuid primary key,
  user_id uuid not null references users (id),
  form text not null,
  state text not null,
  counts_against_cap boolean not null,
  planned_for timestamptz not null,
  next_try_at timestamptz not null,
  lease_until timestamptz,
  deferrals integer not null default 0,
  reason text,
  finished_at timestamptz,
  created_at timestamptz not null,
  constraint mail_deliveries__form check (form in ('single', 'digest')),
  constraint mail_deliveries__state check (state in ('pending', 'sent', 'failed', 'dropped')),
  constraint mail_deliveries__finished check ((state = 'pending') = (finished_at is null))
);
create index mail_deliveries__due on mail_deliveries (next_try_at) where state = 'pending';
create index mail_deliveries__user on mail_deliveries (user_id, planned_for);
create index mail_deliveries__finished_at on mail_deliveries (finished_at) where finished_at is not null;

create table notification_mails (
  notification_id uuid primary key references notifications (id) on delete cascade,
  user_id uuid not null references users (id),
  delivery_id uuid references mail_deliveries (id) on delete cascade
);
create index notification_mails__waiting on notification_mails (user_id) where delivery_id is null;
create index notification_mails__delivery on notification_mails (delivery_id) where delivery_id is not null;

-- By address, not by user: who changes the address gets mail again.
create table bounced_addresses (
  email text primary key,
  reason text not null,
  bounced_at timestamptz not null
);

-- Where mails go when no SMTP server is configured. The message id makes storing one twice impossible.
create table stored_mails (
  id uuid primary key,
  message_id text not null,
  from_address text not null,
  to_address text not null,
  subject text not null,
  text_body text not null,
  html_body text not null,
  headers jsonb not null,
  created_at timestamptz not null,
  constraint stored_mails__message unique (message_id)
);
create index stored_mails__created_at on stored_mails (created_at);
