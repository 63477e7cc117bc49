/** Why a broker keeps away from an organisation. */
export const conflictReasons = [
  'former_employer',
  'shareholding',
  'family_or_friend',
  'private_client',
  'competing_mandate',
  'other',
] as const
export type ConflictReason = (typeof conflictReasons)[number]
