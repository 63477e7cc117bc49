import type pg from 'pg'

/**
 * Supplies without listings, as fast as SQL can make them: each has ten of 5,000 words, some of them common, and a
 * place in the classification. Ids are UUIDs of version 7 in form, so that they have a TypeID.
 */
export async function insertSyntheticSupplies(pool: pg.Pool, count: number): Promise<void> {
  await pool.query(
    `insert into match_documents (listing_id, kind, org_id, market, version, facts, body, terms, updated_at)
     select ('01900000-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, 'supply',
            '01900000-0000-7000-9000-000000000000', 'ningbo', 1,
            jsonb_build_object('id', '', 'title', 'w' || i % 5000), '',
            array_to_tsvector(array(select distinct 'w:t' || (i * (k * k + 7)) % (5 * 3 ^ least(k, 6))::int
                                    from generate_series(1, 10) k) || array['f:f' || i % 8, 'c:everywhere']),
            '2026-01-01'
     from generate_series(1, $1::int) i`,
    [count],
  )
  await pool.query('analyze match_documents')
}
