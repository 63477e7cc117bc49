export { jointDemandDropped, jointDemandInvited, jointDemandOpened } from './events.ts'
export { getJoint, type Joint, listMembersOf } from './joint-repo.ts'
