import { idToUuid } from '../../../src/kernel/ids.ts'
import { csvOf } from '../../modules/imports/files.ts'
import { counted, heardBy, type Scene } from './scene.ts'

const rows = 60
const columns = ['外部编号', '成果名称', '技术领域', '详细描述', '合作方式', '成熟度', '价格']

/** A file whose rows become listings; one row of it is wrong. */
export const importOfFile: Scene = {
  name: 'import of a file',
  prepare: async ({ database: { pool }, made, send }) => {
    const owner = await made.organisation({ kind: 'university' })
    const file = csvOf([
      columns,
      ...Array.from({ length: rows }, (_, n) => [
        ...[`A-${n}`, `离心泵密封技术${n}号`, n === 7 ? '新材科' : '新材料', '面向泵的密封。', '普通许可', '7', '面议'],
      ]),
    ])
    const path = '/v1/imports?kind=supply&mode=upsert&submit=true'
    return {
      run: () => send({ by: owner, path, body: file, key: `import-of-${owner.orgId}` }),
      effects: async () => ({
        ...(await counted(pool, ofOwner, [idToUuid(owner.orgId)])),
        ...(await heardBy(pool, [owner])),
      }),
    }
  },
}

const ofOwner = `
  with of_file as (select id, external_id from listings where org_id = $1)
  select 'listing' as name, count(*)::int as count from of_file
  union all select 'external id', count(distinct external_id)::int from of_file
  union all select 'publication', count(*)::int from listing_changes
    where action = 'publish' and listing_id in (select id from of_file)
  union all select 'search document', count(*)::int from search_documents where listing_id in (select id from of_file)
  union all select 'import ' || state, count(*)::int from imports where org_id = $1 group by state`
