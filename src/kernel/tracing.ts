export type Attributes = Record<string, string | number>

export type SpanRequest = {
  name: string
  /** Who serves, asks another system, or takes a job up. */
  kind: 'server' | 'client' | 'consumer'
  attributes?: Attributes
  /** The W3C traceparent of what caused it; otherwise the span that runs now. */
  parent?: string | undefined
  /** What is known only at the end. */
  atEnd?: () => Attributes
}

export type Tracer = {
  run<T>(span: SpanRequest, fn: () => Promise<T>): Promise<T>
  /** The traceparent of the span that runs now. */
  current(): string | undefined
}

let tracer: Tracer | undefined

/** Of a whole process, as OpenTelemetry's own; undefined ends it. */
export function installTracer(installed: Tracer | undefined): void {
  tracer = installed
}

export function isTracing(): boolean {
  return tracer !== undefined
}

/** Runs `fn` in a span. Without a tracer, which is the rule, it only runs `fn`. */
export function inSpan<T>(span: SpanRequest, fn: () => Promise<T>): Promise<T> {
  return tracer === undefined ? fn() : tracer.run(span, fn)
}

/** What events and jobs carry, so that what follows belongs to the request that began it; undefined without a tracer. */
export function currentTraceparent(): string | undefined {
  return tracer?.current()
}

/** The key under which events and job payloads carry it. Schemas of both drop keys that they do not name. */
export const traceparentKey = 'traceparent'

/** The traceparent in the raw data of an event or the payload of a job. */
export function traceparentIn(data: unknown): string | undefined {
  if (data === null || typeof data !== 'object' || !(traceparentKey in data)) return undefined
  const { [traceparentKey]: carried } = data
  return typeof carried === 'string' ? carried : undefined
}
