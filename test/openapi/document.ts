type Json = Record<string, unknown>
export type Operation = {
  operationId: string
  summary: string
  tags: string[]
  'x-required-permission': string
  security: Json[]
  parameters?: {
    in: string
    name: string
    required?: boolean
    schema: { pattern?: string; enum?: string[]; examples?: (string | number)[] }
  }[]
  requestBody?: { content: Record<string, { example?: Json }> }
  responses: Record<string, { content?: Record<string, { example?: unknown }>; headers?: Json }>
}
export type Document = Json & {
  paths: Record<string, Record<string, Operation>>
  components: Record<string, Record<string, unknown>>
}

export function operationsOf(document: Document): { name: string; operation: Operation }[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${path}`, operation })),
  )
}

/** Every `$ref` of the document, once each. */
export function referencesOf(document: Document): string[] {
  const found = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, target = '']) => target)
  return [...new Set(found)]
}

/** What a local reference points to, or undefined. */
export function resolve(document: Document, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined
  let current: unknown = document
  for (const step of reference.slice(2).split('/')) {
    current = (current as Json | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return current
}
