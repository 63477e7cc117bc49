export const roles = ['owner', 'member', 'broker', 'operator'] as const
export type Role = (typeof roles)[number]

/**
 * What a role may ask for at all. Every route names one permission and default is deny; whether the one object may be
 * touched (own organisation, own market) is decided by the module's policy on top of this.
 */
const everyone = [
  'session.create',
  'organisation.register',
  'market.read',
  'taxonomy.read',
  'listing.read',
  'search.read',
  'auction.read',
  'licence.read',
  'statistics.read',
  'policy.read',
  'notification.unsubscribe',
] as const
const signedIn = [
  'session.manage',
  'profile.read',
  'organisation.read',
  'organisation.update',
  'qualification.read',
  'broker.read',
  'qualification.manage',
  'listing.create',
  'listing.update',
  'listing.submit',
  'listing.history',
  'saved_search.manage',
  'eligibility.read',
  'application.read',
  'application.work',
  'redemption.read',
  'redemption.claim',
  'risk_pool.read',
  'agreement.read',
  'agreement.work',
  'match.read',
  'auction.sell',
  'auction.bid',
  'licence.manage',
  'deal.read',
  'deal.manage',
  'disclosure.read',
  'disclosure.manage',
  'introduction.read',
  'introduction.take_part',
  'enquiry.read',
  'enquiry.take_part',
  'notification.read',
  'notification.manage',
] as const
const owner = ['api_key.manage', 'webhook.manage', 'audit.read'] as const
const broker = ['review.read', 'review.work', 'broker.update'] as const
const operator = [
  'review.read',
  'review.supervise',
  'broker.update',
  'api_key.manage',
  'webhook.manage',
  'organisation.verify',
  'qualification.verify',
  'listing.publish',
  'auction.manage',
  'policy.manage',
  'redemption.decide',
  'risk_pool.manage',
  'statistics.market',
  'operations.manage',
  'audit.read',
] as const

export const permissions = [...new Set([...everyone, ...signedIn, ...owner, ...broker, ...operator])]
export type Permission = (typeof permissions)[number]

export const grants: Record<Role | 'anonymous', readonly Permission[]> = {
  anonymous: everyone,
  member: [...everyone, ...signedIn],
  owner: [...everyone, ...signedIn, ...owner],
  broker: [...everyone, ...signedIn, ...broker],
  operator: [...everyone, ...signedIn, ...operator],
}

/** Whether the viewer's role, and for an API key its scopes, include the permission. */
export function hasPermission(
  viewer: { role: Role | 'anonymous'; scopes?: readonly Permission[] | undefined },
  permission: Permission,
): boolean {
  if (!grants[viewer.role].includes(permission)) return false
  return viewer.scopes === undefined || viewer.scopes.includes(permission)
}
