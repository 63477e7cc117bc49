import type { z } from 'zod'
import type { Db } from '../../db/client.ts'
import type { ErrorCode } from '../../kernel/errors.ts'
import type { Permission } from '../../kernel/permissions.ts'
import type { Principal, Viewer } from '../../kernel/principal.ts'
import type { StreamSource } from './source.ts'

type NoFields = z.ZodObject<Record<never, never>>

export type StreamContext<P, Q> = {
  db: Db
  viewer: Viewer
  /** The signed-in viewer; the permission of the stream made sure that there is one, otherwise reading it throws. */
  readonly actor: Principal
  params: P
  query: Q
}

/** One stream of the API: contract, permission and where its events come from. */
export type StreamSpec<P extends z.ZodObject = NoFields, Q extends z.ZodObject = NoFields> = {
  operationId: string
  summary: string
  description?: string
  tag: string
  permission: Permission
  params?: P
  query?: Q
  /** The data of each kind of event; `ready` is the first event of every stream. */
  events: { ready: z.ZodObject } & Record<string, z.ZodObject>
  /** One event of each kind, for the document. */
  examples: readonly { id: number; event: string; data: unknown }[]
  errors?: readonly ErrorCode[]
  /**
   * Whether this viewer may read this stream, and from where. Called when a client connects, and every minute for as long as
   * it stays: a refusal ends the stream. @throws what a GET would answer.
   */
  open(context: StreamContext<z.output<P>, z.output<Q>>): Promise<StreamSource>
}

/** A stream whose types are erased, as the platform and the OpenAPI document see it. */
export type AnyStream = Omit<StreamSpec<z.ZodObject, z.ZodObject>, 'open'> & {
  method: 'GET'
  path: string
  open(context: StreamContext<unknown, unknown>): Promise<StreamSource>
}

export type RegisterStream = <P extends z.ZodObject = NoFields, Q extends z.ZodObject = NoFields>(
  path: string,
  spec: StreamSpec<P, Q>,
) => void
