import type { Delivery, ReplayRange } from './delivery-repo.ts'
import type { Endpoint } from './endpoint-repo.ts'
import type { ReplayWebhookDeliveries } from './schemas.ts'

export function toEndpointResponse(endpoint: Endpoint) {
  const { id, url, description, eventTypes, isEnabled, disabledReason, version } = endpoint
  return {
    ...{ id, url, eventTypes, isEnabled, version },
    description: description ?? undefined,
    disabledReason: disabledReason ?? undefined,
    disabledAt: endpoint.disabledAt?.toISOString(),
    previousSecretUntil: endpoint.previousSecretUntil?.toISOString(),
    createdAt: endpoint.createdAt.toISOString(),
    updatedAt: endpoint.updatedAt.toISOString(),
  }
}

export function toEndpointWithSecretResponse({ endpoint, secret }: { endpoint: Endpoint; secret: string }) {
  return { ...toEndpointResponse(endpoint), secret }
}

export function toDeliveryResponse(delivery: Delivery) {
  const { id, eventId, type, state, attempts } = delivery
  return {
    ...{ id, eventId, type, state, attempts, lastAttempt: lastAttemptOf(delivery) },
    nextAttemptAt: delivery.nextAttemptAt?.toISOString(),
    createdAt: delivery.createdAt.toISOString(),
    settledAt: delivery.settledAt?.toISOString(),
  }
}

type Failure = 'timeout' | 'connection' | 'address_refused' | 'endpoint_disabled' | 'unreported'

function lastAttemptOf({ lastAttemptAt, lastStatusCode, lastFailure, lastLatencyMs, lastExcerpt }: Delivery) {
  if (lastAttemptAt === null) return undefined
  return {
    at: lastAttemptAt.toISOString(),
    statusCode: lastStatusCode ?? undefined,
    failure: (lastFailure ?? undefined) as Failure | undefined,
    latencyMs: lastLatencyMs ?? undefined,
    excerpt: lastExcerpt ?? undefined,
  }
}

export function toReplayRange(body: ReplayWebhookDeliveries): ReplayRange {
  if ('deliveryId' in body) return body
  const { since, until, includeDelivered } = body
  return { since: new Date(since), until: new Date(until), includesDelivered: includeDelivered }
}
