import type { Gate } from './gate.ts'

/** Nobody needs a broker to meet its own laboratory. Distance always 1. */
export const ownOrganisation: Gate = (demand, supply) =>
  demand.orgId === supply.orgId ? { code: 'own_organisation', distance: 1, detail: { orgId: demand.orgId } } : undefined
