/** Headers of every API answer; the documentation page sets a content policy of its own. */
export const securityHeaders: Record<string, string> = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'cache-control': 'private, no-store',
  vary: 'Authorization, Accept-Language',
}
