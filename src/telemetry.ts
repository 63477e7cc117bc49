import { productVersion } from './boot/version.ts'
import type { Config } from './config.ts'

/**
 * Sends spans of requests, statements and jobs to OTEL_EXPORTER_OTLP_ENDPOINT. Without it nothing of OpenTelemetry is even
 * loaded. To be called before the database is opened. @returns how to end it.
 */
export async function startTelemetry(
  { otlpEndpoint }: Pick<Config, 'otlpEndpoint'>,
  service: string,
): Promise<() => Promise<void>> {
  if (otlpEndpoint === undefined) return async () => undefined
  const { exportSpans } = await import('./adapters/telemetry/otlp.ts')
  return exportSpans({ endpoint: otlpEndpoint, service, version: await productVersion() })
}
