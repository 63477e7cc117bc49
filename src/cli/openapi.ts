import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describeApi } from '../app.ts'
import { documentDeps } from '../boot/document-deps.ts'
import { productVersion } from '../boot/version.ts'
import { projectRoot } from '../project-root.ts'

/** `npm run openapi`: writes openapi/openapi.json from the schemas of the routes. A test fails when it is stale. */
const path = join(projectRoot(), 'openapi/openapi.json')
const document = describeApi(documentDeps, await productVersion())
await writeFile(path, `${JSON.stringify(document, null, 2)}\n`)
console.log(`wrote ${Object.keys(document.paths).length} paths to openapi/openapi.json`)
