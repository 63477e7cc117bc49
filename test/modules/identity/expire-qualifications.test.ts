import { expect, it } from 'vitest'
import { expireQualifications } from '../../../src/modules/identity/expire-qualifications.ts'
import { useHarness } from '../../support/harness.ts'

const harness = useHarness()

it('marks a qualification the day after its last one, once, and says so', async () => {
  const firm = await harness.given.organisation()
  const client = await harness.as(firm)
  const body = { type: 'technology_sme', issuer: '宁波市科技局', certificateNo: 'K1', validFrom: '2025-01-01' }
  const validTo = harness.clock.now().toISOString().slice(0, 10)
  const url = `/v1/organisations/${firm.orgId}/qualifications`
  expect((await client.post(url, { ...body, validTo })).statusCode).toBe(201)
  const told = async () => {
    const { rows } = await harness.database.pool.query(
      `select 1 from outbox_events where type = 'organisation.qualifications_changed'`,
    )
    return rows.length
  }
  await expireQualifications(harness.deps)
  expect(await told()).toBe(0)
  harness.clock.advance('2d')
  await expireQualifications(harness.deps)
  await expireQualifications(harness.deps)
  expect(await told()).toBe(1)
  const later = await harness.as(firm)
  expect((await later.get(url)).json().data[0].state).toBe('expired')
})
