export const deedKinds = ['decision', 'introduction', 'deal'] as const
export type DeedKind = (typeof deedKinds)[number]
