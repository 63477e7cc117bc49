// A typed client in two steps: npx openapi-typescript openapi/openapi.json -o schema.d.ts, then this.
import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './schema.d.ts'

type Demand = components['schemas']['DemandCreate']
type Problem = components['schemas']['Problem']
type Api = Client<paths>

/** Signs in and returns a client that sends the token with every request. */
export async function signIn(baseUrl: string, email: string, password: string): Promise<Api> {
  const client = createClient<paths>({ baseUrl })
  const { data, error } = await client.POST('/v1/auth/login', { body: { email, password } })
  if (data === undefined) throw new Error(describe(error))
  client.use({
    onRequest: ({ request }) => {
      request.headers.set('authorization', `Bearer ${data.accessToken}`)
    },
  })
  return client
}

/** Creates and submits a demand; the key makes it safe to send both again after a lost answer. */
export async function postDemand(client: Api, demand: Demand, key: string): Promise<string> {
  const created = await client.POST('/v1/demands', {
    params: { header: { 'Idempotency-Key': `${key}-create` } },
    body: demand,
  })
  if (created.data === undefined) throw new Error(describe(created.error))
  const { id } = created.data
  const submitted = await client.POST('/v1/demands/{id}/submit', { params: { path: { id } } })
  if (submitted.error) throw new Error(describe(submitted.error))
  return id
}

/** The best matches of a demand with the sentence that explains each. */
export async function explainMatches(client: Api, demandId: string): Promise<string[]> {
  const { data, error } = await client.GET('/v1/demands/{id}/matches', {
    params: { path: { id: demandId }, query: { limit: 5 } },
  })
  if (data === undefined) throw new Error(describe(error))
  return data.data.map((match) => `${match.supplyId} ${match.score.toFixed(2)} ${match.explanation.join(' ')}`)
}

/** Claims one item of the review queue and rejects it; returns its state afterwards. */
export async function rejectOne(client: Api): Promise<string | undefined> {
  const claimed = await client.POST('/v1/review-queue/claims', { body: { limit: 1 } })
  if (claimed.data === undefined) throw new Error(describe(claimed.error))
  const [item] = claimed.data.data
  if (item?.leaseToken === undefined) return undefined
  const decided = await client.POST('/v1/review-items/{id}/decision', {
    params: { path: { id: item.id } },
    body: { leaseToken: item.leaseToken, decision: 'reject', reasonCode: 'indicator_unmet' },
  })
  if (decided.data === undefined) throw new Error(describe(decided.error))
  return decided.data.state
}

function describe(problem: Problem): string {
  const fields = (problem.errors ?? []).map(({ pointer, message }) => `${pointer} ${message}`)
  return [`${problem.code}: ${problem.detail}`, ...fields].join('\n')
}
