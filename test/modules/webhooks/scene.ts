import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { InlineJobQueue } from '../../../src/adapters/jobs/inline.ts'
import type { Db } from '../../../src/db/client.ts'
import type { Deps } from '../../../src/deps.ts'
import { newId } from '../../../src/kernel/ids.ts'
import type { Principal } from '../../../src/kernel/principal.ts'
import { createEndpoint, type EndpointDeps } from '../../../src/modules/webhooks/create-endpoint.ts'
import type { PublicEventType } from '../../../src/modules/webhooks/domain/event-types.ts'
import { publicEventTypes } from '../../../src/modules/webhooks/domain/event-types.ts'
import { fanOutWebhook } from '../../../src/modules/webhooks/fan-out-webhook.ts'
import { webhookJobs, webhookSubscriptions } from '../../../src/modules/webhooks/jobs.ts'
import { relayBatch } from '../../../src/outbox/index.ts'

export type Received = { headers: Record<string, string>; body: string; at: number }
export type Receiver = { url: string; received: Received[]; close(): Promise<void> }

/** A receiver of webhooks on this machine. */
export async function startReceiver(
  answer: (response: ServerResponse, received: Received, request: IncomingMessage) => void = (response) =>
    response.writeHead(204).end(),
): Promise<Receiver> {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString()
    })
    request.on('end', () => {
      const one = { headers: request.headers as Record<string, string>, body, at: performance.now() }
      received.push(one)
      answer(response, one, request)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    received,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const reachable = { refusalOf: async () => undefined }

/** An endpoint of the actor's organisation that asks for everything the organisation may hear of. */
export function givenEndpoint(
  deps: Omit<EndpointDeps, 'webhooks'>,
  actor: Principal,
  { url = 'https://hooks.example.com/', eventTypes }: { url?: string; eventTypes?: PublicEventType[] } = {},
) {
  const all = publicEventTypes.filter((type) => type !== 'review_item.opened')
  return createEndpoint({ ...deps, webhooks: reachable }, actor, { url, eventTypes: eventTypes ?? all })
}

/** As many facts about the organisation as wanted, each an event of its own. */
export async function announce(
  deps: { db: Db; clock: EndpointDeps['clock'] },
  { orgId }: Principal,
  count = 1,
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId('event'))
  for (const eventId of ids) {
    await fanOutWebhook(deps, {
      eventId,
      occurredAt: deps.clock.now(),
      type: 'organisation.verification_changed',
      data: { organisationId: orgId },
      audience: { of: 'organisations', orgIds: [orgId] },
    })
  }
  return ids
}

/** Relays events and runs the webhooks' own jobs until nothing is left; those of other modules are theirs to test. */
export async function drainWebhooks(deps: Deps & { jobs: InlineJobQueue }): Promise<number> {
  let total = 0
  for (;;) {
    const events = await relayBatch(deps, webhookSubscriptions)
    const ran = await deps.jobs.runAll(webhookJobs, deps)
    total += ran
    if (events === 0 && ran === 0) return total
  }
}
