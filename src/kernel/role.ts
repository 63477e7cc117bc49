export const roles = ['owner', 'member', 'broker', 'operator'] as const
export type Role = (typeof roles)[number]
