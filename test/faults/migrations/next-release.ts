import { readdir, symlink, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

/**
 * The migrations of a release that is not written yet: every kind of DDL that test/migration-rules.ts lets through, on the tables
 * that are large. The program of today has to go on serving while they run and after them (expand, then contract).
 */
const files: readonly [name: string, sql: string][] = [
  [
    'new_columns',
    `alter table listings add column next_note text, add column next_rank integer not null default 0;
     alter table outbox_events add column next_trace text;
     alter table notifications add column next_listing_id uuid, add column next_weight smallint not null default 1;
     alter table matches add column next_rank integer not null default 0;
     alter table sessions add column next_label text`,
  ],
  [
    'new_table',
    `create table next_listing_notes (
       id uuid primary key,
       listing_id uuid not null references listings (id) on delete cascade,
       user_id uuid not null references users (id),
       note text not null
     );
     create index next_listing_notes__listing on next_listing_notes (listing_id);
     create function next_remember() returns trigger language plpgsql as $$
     begin
       new.next_note := coalesce(new.next_note, '');
       return new;
     end $$;
     create trigger listings__next_remember before insert or update on listings for each row execute function next_remember()`,
  ],
  [
    'new_indexes',
    `-- no-transaction
create index concurrently if not exists listings__next_rank on listings (next_rank, id);
create index concurrently if not exists listings__next_keywords on listings using gin (keywords);
create unique index concurrently if not exists matches__next_rank on matches (next_rank, id);
create index concurrently if not exists notifications__next_listing on notifications (next_listing_id) where next_listing_id is not null;
create index concurrently if not exists outbox_events__next_type on outbox_events (type, seq);`,
  ],
  [
    'not_valid',
    `alter table listings add constraint listings__next_rank_range check (next_rank >= 0) not valid;
     alter table notifications
       add constraint notifications__next_listing foreign key (next_listing_id) references listings (id) not valid;
     alter table matches add constraint matches__next_rank_key unique using index matches__next_rank`,
  ],
  ['valid_check', 'alter table listings validate constraint listings__next_rank_range'],
  ['valid_foreign_key', 'alter table notifications validate constraint notifications__next_listing'],
  ['looser', 'alter table listings alter column summary drop not null, alter column next_rank set default 1'],
]

/** What a later release takes back of it: constraints, indexes and triggers, but no column that a program might read. */
const contraction: readonly [name: string, sql: string][] = [
  [
    'contract',
    `alter table listings drop constraint listings__next_rank_range;
     drop trigger listings__next_remember on listings;
     drop index notifications__next_listing`,
  ],
  ['fewer_indexes', '-- no-transaction\ndrop index concurrently if exists listings__next_keywords;'],
]

/** A directory with our migrations, to which releases may be added. @returns how many files the next two releases have. */
export async function writeReleases(directory: string) {
  const ours = (await readdir('migrations')).filter((name) => name.endsWith('.sql')).sort()
  for (const name of ours) await symlink(resolve('migrations', name), join(directory, name))
  let number = ours.length
  const write = async (release: typeof files) => {
    for (const [name, sql] of release) {
      number += 1
      await writeFile(join(directory, `${String(number).padStart(4, '0')}_next_${name}.sql`), `${sql}\n`)
    }
    return release.length
  }
  return { expand: () => write(files), contract: () => write(contraction) }
}
