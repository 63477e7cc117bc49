import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { systemClock } from '../../src/kernel/clock.ts'
import { newId } from '../../src/kernel/ids.ts'
import type { Principal } from '../../src/kernel/principal.ts'
import { newSession } from '../../src/modules/identity/new-session.ts'
import { insertSession } from '../../src/modules/identity/session-repo.ts'
import { users } from '../../src/modules/identity/table.ts'
import { getAccount } from '../../src/modules/identity/user-repo.ts'
import { tellUsers } from '../../src/modules/notifications/index.ts'
import { projectRoot } from '../../src/project-root.ts'
import { given } from '../support/given.ts'
import { type LiveClient, liveClient } from './live-client.ts'
import { machine, openStage, quantile, until } from './stage.ts'

/**
 * `npm run bench:live -- [--clients n] [--seconds s] [--kills n]`: users with an event stream each, on two API processes and a
 * worker. Every 50 ms one of them is told something, every 2 s all of them; measured is the time from the commit to the
 * arrival. With kills, an API process is killed (kill -9) in turn and started anew, and nobody may miss or repeat anything.
 * Prints a table and writes dist/bench-live.json; ends with 1 when the target is missed.
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '30' },
    kills: { type: 'string', default: '0' },
  },
})
const [clientCount, seconds, kills] = [Number(values.clients), Number(values.seconds), Number(values.kills)]
const targetMs = 500

const stage = await openStage()
const { db } = stage.database
const deps = { db, clock: systemClock }
const committed = new Map<string, { at: number; to: number[] }>()
try {
  const apis = await Promise.all([stage.startApi(), stage.startApi()])
  await stage.startWorker()
  const people = await givenPeople()
  const clients = people.map(({ token }, index) => liveClient(() => apis.map(({ origin }) => origin), token, index))
  await until(() => clients.every((client) => client.isConnected))
  const killing = killInTurn(apis)
  await tellEverybody(people)
  await killing
  await until(() => missingOf(clients) === 0, 20_000).catch(() => undefined)
  await report(clients)
  for (const client of clients) client.close()
} finally {
  await stage.stop()
}

type Person = Principal & { token: string }

/** One password hash for all: 500 of them would take a minute. */
async function givenPeople(): Promise<Person[]> {
  const owner = await given(deps).organisation({ isVerified: false })
  const { user } = await getAccount(db, owner.userId)
  const people: Person[] = []
  for (let n = 0; n < clientCount; n += 1) {
    const userId = newId('user')
    await db.insert(users).values({ ...user, id: userId, email: `live${n}@example.com` })
    const { session, issued } = newSession({ userId: userId, deviceHash: null }, systemClock.now())
    await insertSession(db, session, issued.refreshHash)
    people.push({ ...owner, userId, token: issued.tokens.accessToken })
  }
  return people
}

async function tellEverybody(people: readonly Person[]): Promise<void> {
  const end = performance.now() + seconds * 1_000
  for (let round = 0; performance.now() < end; round += 1) {
    const one = Math.floor(Math.random() * people.length)
    await tell(people, round % 40 === 39 ? people.map((_, index) => index) : [one])
    await sleep(50)
  }
}

async function tell(people: readonly Person[], to: number[]): Promise<void> {
  const listingId = newId('demand')
  const told = to.flatMap((index) => people[index] ?? [])
  const [{ orgId }] = told as [Person, ...Person[]]
  const params = { listingId, listingTitle: '双电机壳体压铸气密性提升', listingKind: 'demand' as const }
  const userIds = told.map(({ userId }) => userId)
  await tellUsers(deps, { orgId, userIds, kind: 'listing.published', subjectId: listingId, params })
  committed.set(listingId, { at: performance.now(), to })
}

async function killInTurn(apis: Awaited<ReturnType<typeof stage.startApi>>[]): Promise<void> {
  for (let n = 0; n < kills; n += 1) {
    await sleep((seconds * 1_000) / (kills + 1))
    const index = n % apis.length
    apis[index]?.process.kill('SIGKILL')
    apis.splice(index, 1, await stage.startApi())
  }
}

function missingOf(clients: readonly LiveClient[]): number {
  const expected = [...committed].flatMap(([subject, { to }]) =>
    to.map((index) => clients[index]?.arrivals.get(subject)),
  )
  return expected.filter((arrivals) => arrivals === undefined).length
}

async function report(clients: readonly LiveClient[]): Promise<void> {
  const delays = (isWanted: (to: number[]) => boolean) =>
    [...committed].flatMap(([subject, { at, to }]) =>
      isWanted(to)
        ? to.flatMap((index) => clients[index]?.arrivals.get(subject)?.[0] ?? []).map((came) => came - at)
        : [],
    )
  const rows = { 'to one user': delays((to) => to.length === 1), 'to all users': delays((to) => to.length > 1) }
  const figures = {
    ...{ machine, clients: clientCount, seconds, kills, facts: committed.size, missing: missingOf(clients) },
    repeated: clients.flatMap(({ arrivals }) => [...arrivals.values()]).filter(({ length }) => length > 1).length,
    outOfOrder: clients.filter(({ ids }) => ids.some((id, index) => id <= (ids[index - 1] ?? 0))).length,
    resyncs: clients.reduce((sum, client) => sum + client.resyncs, 0),
    reconnects: clients.reduce((sum, client) => sum + client.reconnects, 0),
    p95: quantile(Object.values(rows).flat(), 0.95),
  }
  console.log(`\n${machine}; ${clientCount} streams on two API processes, ${seconds} s, ${kills} kills\n`)
  console.log('| commit → stream | events | p50 ms | p95 ms | max ms |\n|---|---|---|---|---|')
  for (const [name, ms] of Object.entries(rows)) {
    console.log(`| ${name} | ${ms.length} | ${quantile(ms, 0.5)} | ${quantile(ms, 0.95)} | ${quantile(ms, 1)} |`)
  }
  const { missing, repeated, outOfOrder, resyncs, reconnects, p95 } = figures
  console.log(
    `\nmissing ${missing}, repeated ${repeated}, out of order ${outOfOrder}, resyncs ${resyncs}, reconnects ${reconnects}`,
  )
  console.log(`p95 ${p95} ms (target ${targetMs} ms without kills)`)
  await writeFile(join(projectRoot(), 'dist/bench-live.json'), JSON.stringify(figures, null, 2))
  const isGood = missing === 0 && repeated === 0 && outOfOrder === 0 && (kills > 0 || p95 <= targetMs)
  if (!isGood) process.exitCode = 1
}
