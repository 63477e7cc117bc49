import { context, propagation, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node'
import { AppError } from '../../kernel/errors.ts'
import { installTracer, type SpanRequest, type Tracer, traceparentKey } from '../../kernel/tracing.ts'

export type OtlpOptions = {
  /** Base address of a collector; spans go to `/v1/traces` below it. */
  endpoint: string
  service: string
  version: string
}

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, consumer: SpanKind.CONSUMER }

/**
 * Sends the spans of this process to an OpenTelemetry collector, in batches and beside the work. A collector that is away costs
 * the spans and nothing else.
 *
 * @returns how to send what is left and end.
 */
export function exportSpans({ endpoint, service, version }: OtlpOptions): () => Promise<void> {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` })
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  })
  // Context along promises and callbacks, and the W3C traceparent.
  provider.register()
  installTracer(openTelemetryTracer(service))
  return async () => {
    installTracer(undefined)
    await provider.shutdown().catch(() => undefined)
    for (const api of [trace, context, propagation]) api.disable()
  }
}

function openTelemetryTracer(service: string): Tracer {
  const tracer = trace.getTracer(service)
  return {
    run: ({ name, kind, attributes, parent, atEnd }: SpanRequest, fn) => {
      const above = parent === undefined ? context.active() : contextOf(parent)
      const options = { kind: kinds[kind], ...(attributes && { attributes }) }
      return tracer.startActiveSpan(name, options, above, async (span) => {
        try {
          return await fn()
        } catch (error) {
          recordFailure(span, error)
          throw error
        } finally {
          if (atEnd) span.setAttributes(atEnd())
          span.end()
        }
      })
    },
    current: () => {
      const carrier: Record<string, string> = {}
      propagation.inject(context.active(), carrier)
      return carrier[traceparentKey]
    },
  }
}

function contextOf(traceparent: string) {
  return propagation.extract(ROOT_CONTEXT, { [traceparentKey]: traceparent })
}

/** Its kind and never its message, which may hold values. A refusal is an answer; only what is broken marks the span. */
function recordFailure(span: Span, error: unknown): void {
  const isRefusal = error instanceof AppError && error.code !== 'UNAVAILABLE'
  span.setAttribute(
    'error.type',
    error instanceof AppError ? error.code : error instanceof Error ? error.name : 'unknown',
  )
  if (!isRefusal) span.setStatus({ code: SpanStatusCode.ERROR })
}
