import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openApiText } from '../boot/openapi-text.ts'
import { projectRoot } from '../project-root.ts'

/** `npm run openapi`: writes openapi/openapi.json from the schemas of the routes. A test fails when it is stale. */
const path = join(projectRoot(), 'openapi/openapi.json')
await writeFile(path, await openApiText())
console.log('wrote openapi/openapi.json')
