import type { Permission, Role } from '../../src/kernel/permissions.ts'
import { hasPermission } from '../../src/kernel/permissions.ts'

/**
 * Everybody who tries an operation. Near is the market of the own object, far another one. Keys are the owner's and the
 * operator's: with the operation's permission alone, or, the narrow one, with another permission alone.
 */
export const actors = {
  anonymous: { role: 'anonymous', place: 'nowhere' },
  owner: { role: 'owner', place: 'near' },
  member: { role: 'member', place: 'near' },
  key: { role: 'owner', place: 'near', scope: 'this' },
  narrowKey: { role: 'owner', place: 'near', scope: 'another' },
  neighbour: { role: 'owner', place: 'nowhere' },
  broker: { role: 'broker', place: 'near' },
  operator: { role: 'operator', place: 'near' },
  operatorKey: { role: 'operator', place: 'near', scope: 'this' },
  farOwner: { role: 'owner', place: 'far' },
  farBroker: { role: 'broker', place: 'far' },
  farOperator: { role: 'operator', place: 'far' },
} as const satisfies Record<string, Actor>

export type ActorName = keyof typeof actors
export const actorNames = Object.keys(actors) as ActorName[]

type Actor = {
  role: Role | 'anonymous'
  /** Where the objects are that the actor reaches by organisation or market. */
  place: 'near' | 'far' | 'nowhere'
  scope?: 'this' | 'another'
}

/** Which object it is: one near, one far, a draft near, a deleted one, and one that never was. */
export const variants = ['near', 'far', 'hidden', 'gone', 'unknown'] as const
export type Variant = (typeof variants)[number]

/** The scope that a narrow key has instead. */
export function anotherThan(permission: Permission): Permission {
  return permission === 'profile.read' ? 'market.read' : 'profile.read'
}

/** Whether role and key hold the permission; undefined where nobody can make such a key. */
export function holds(name: ActorName, permission: Permission): boolean | undefined {
  const actor: Actor = actors[name]
  if (actor.scope === 'another') return false
  const isHeld = hasPermission({ role: actor.role }, permission)
  return actor.scope === 'this' && !isHeld ? undefined : isHeld
}

/** Whether the words of a policy let the actor reach the object. */
export function reaches(name: ActorName, words: string, variant: Variant): boolean {
  const { role, place }: Actor = actors[name]
  if (words === 'listed') return true
  if (variant === 'gone' || variant === 'unknown') return false
  const isHere = place === (variant === 'far' ? 'far' : 'near')
  const isOwnSide = isHere && (role === 'owner' || role === 'member')
  if (variant === 'hidden') {
    const isDesk = isHere && role === 'operator' && /drafts/.test(words)
    return isDesk || (isOwnSide && /holders|organisation/.test(words))
  }
  return words.split(' ').some((word) => {
    if (['holders', 'public'].includes(word)) return true
    if (word === 'organisation') return isOwnSide
    if (word === 'market') return name.startsWith('far') === (variant === 'far')
    if (word === 'desks') return role === 'broker' || role === 'operator'
    if (word === 'farOperator') return name === word
    if (word === 'user') return isHere && role === 'owner'
    return isHere && role === word
  })
}
