import type pg from 'pg'

/** What has triggers is only read: they keep rows as they are. */
export type Table = {
  name: string
  columns: string[]
  isChangeable: boolean
  /** For each column an expression that makes its value in row n. */
  values: string[]
  /** The same, but what may be null is null, and what has a default has that. */
  least: string[]
}

/** All tables as they stand now. */
export async function listTables(pool: pg.Pool): Promise<Table[]> {
  const { rows } = await pool.query<Table>(columnsOfTables)
  return rows
}

/**
 * Rows without foreign keys or triggers to obey: what matters is that a table has many, and is read and written. A table whose
 * CHECKs take neither all values nor the least ones stays empty. @returns how many it has now.
 */
export async function fillTable(client: pg.ClientBase, table: Table, rows: number): Promise<number> {
  const insert = async (values: readonly string[]) => {
    const { rowCount } = await client.query(
      `insert into ${table.name} (${table.columns.join(', ')}) overriding system value
       select ${values.join(', ')} from generate_series(1, ${rows}) as n on conflict do nothing`,
    )
    return rowCount ?? 0
  }
  await client.query('set session_replication_role = replica')
  try {
    return await insert(table.values).catch(() => insert(table.least).catch(() => 0))
  } finally {
    await client.query('reset session_replication_role')
  }
}

/** A column that takes one of a list has its first; one whose numbers are bounded has small ones. */
const columnsOfTables = `
  with lists as (
    select conrelid, conkey[1] as attnum,
      min(substring(pg_get_constraintdef(oid) from '= ANY \\(+ARRAY\\[(''[^'']*'')')) as first
    from pg_constraint where contype = 'c' and cardinality(conkey) = 1 group by 1, 2
  ), made as (
    select a.attrelid, a.attnum, format('%I', a.attname) as name, a.attnotnull, pg_get_expr(d.adbin, d.adrelid) as preset,
      case
        when lists.first is not null then lists.first
        when t.typname = 'uuid' then 'gen_random_uuid()'
        when t.typname = 'timestamptz' then 'now()'
        when t.typname = 'date' then 'current_date'
        when t.typname like 'int_' and lists.attnum is not null then '1 + n % 3'
        when t.typname like 'float_' and lists.attnum is not null then '0.5'
        when t.typname = 'int2' then '1 + n % 9'
        when t.typname in ('int4', 'int8', 'float4', 'float8', 'numeric') then 'n'
        when t.typname = 'xid8' then '''1''::xid8'
        when t.typname = 'bool' then 'true'
        when t.typname = 'jsonb' then '''{}''::jsonb'
        when t.typname = 'bytea' then 'sha256(int4send(n))'
        when t.typname like '\\_%' then format('''{}''::%s', format_type(a.atttypid, null))
        when t.typname = 'tsvector' then '''''::tsvector'
        when a.attname like '%sha256' then 'encode(sha256(int4send(n)), ''hex'')'
        else '''t'' || n' end as value
    from pg_attribute a
    join pg_type t on t.oid = a.atttypid
    left join lists on lists.conrelid = a.attrelid and lists.attnum = a.attnum
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
  )
  select format('%I', c.relname) as name,
    not exists (select from pg_trigger where tgrelid = c.oid and not tgisinternal) as "isChangeable",
    array_agg(made.name order by made.attnum) as columns,
    array_agg(made.value order by made.attnum) as values,
    array_agg(case when not attnotnull then 'null' else coalesce(preset, value) end order by made.attnum) as least
  from pg_class c join made on made.attrelid = c.oid
  where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'schema_migrations'
  group by c.oid, c.relname order by 1`
