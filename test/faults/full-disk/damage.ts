import pg from 'pg'

/**
 * What pg_amcheck would find: every heap with its TOAST table, every B-tree against its heap and by itself. @returns the faults in
 * tables, and how many of each were looked at; @throws the first fault of an index.
 */
export async function lookForDamage(adminUrl: string) {
  const admin = new pg.Client({ connectionString: adminUrl })
  await admin.connect()
  try {
    await admin.query('create extension if not exists amcheck')
    const { rows: faults } = await admin.query(`
      select c.relname, v.blkno, v.msg from pg_class c, verify_heapam(c.oid, check_toast => true) v
      where c.relkind in ('r', 'm') and c.relpersistence <> 't'`)
    const { rows: tables } = await admin.query(
      "select from pg_class where relkind in ('r', 'm') and relpersistence <> 't'",
    )
    const { rows: indexes } = await admin.query(`
      select bt_index_parent_check(c.oid, true, true) from pg_class c join pg_am a on a.oid = c.relam
      join pg_index i on i.indexrelid = c.oid
      where a.amname = 'btree' and c.relkind = 'i' and i.indisvalid and c.relpersistence <> 't'`)
    return { faults, tables: tables.length, indexes: indexes.length }
  } finally {
    await admin.end()
  }
}
