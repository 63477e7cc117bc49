import { createHmac, randomBytes } from 'node:crypto'

const prefix = 'whsec_'
const secretBytes = 32

/** 32 random bytes in the spelling of Standard Webhooks. */
export function newSigningSecret(): string {
  return prefix + randomBytes(secretBytes).toString('base64')
}

export type Signed = { id: string; timestamp: number; body: string }

/** The three headers. With two secrets, as during a rotation, both sign, and the receiver may know either. */
export function signatureHeaders({ id, timestamp, body }: Signed, secrets: readonly string[]): Record<string, string> {
  const content = `${id}.${timestamp}.${body}`
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(prefix.length), 'base64')
    return `v1,${createHmac('sha256', key).update(content).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') }
}
