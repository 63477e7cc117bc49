import { expect, it } from 'vitest'
import { openApiText } from '../../src/boot/openapi-text.ts'
import { policies } from '../authorisation/policies.ts'
import { type Document, operationsOf } from './document.ts'

it('every operation has a row in test/authorisation/policies.ts, and every row an operation', async () => {
  const operations = operationsOf(JSON.parse(await openApiText()) as Document).map(({ name }) => name)
  expect(Object.keys(policies).sort()).toEqual(operations.sort())
})
