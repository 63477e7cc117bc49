const at = '2026-03-02T01:00:00.000Z'

/** Values that the document shows; a test checks that they satisfy their schemas. */
export const exampleEndpoint = {
  id: 'whe_01jnbq2v3wfq8t6m4k9x5z7a1h',
  url: 'https://hooks.example.com/queqiao',
  description: '生产环境',
  eventTypes: ['listing.published' as const, 'match.approved' as const],
  isEnabled: true,
  version: 1,
  createdAt: at,
  updatedAt: at,
}

export const exampleSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='

export const exampleDelivery = {
  id: 'whd_01jnbq2v3wfq8t6m4k9x5z7a1j',
  eventId: 'evt_01jnbq2v3wfq8t6m4k9x5z7a1k',
  type: 'match.approved' as const,
  state: 'delivered' as const,
  attempts: 2,
  lastAttempt: { at, statusCode: 200, latencyMs: 84, excerpt: 'ok' },
  createdAt: at,
  settledAt: at,
}

export const examplePendingTest = {
  id: 'whd_01jnbq2v3wfq8t6m4k9x5z7a1m',
  eventId: 'evt_01jnbq2v3wfq8t6m4k9x5z7a1n',
  type: 'webhook.test' as const,
  state: 'pending' as const,
  attempts: 0,
  nextAttemptAt: at,
  createdAt: at,
}
