export { type MailLinks, mailLinks } from './mail-links.ts'
export { notificationSequence } from './sequence.ts'
export { tellUsers } from './tell-users.ts'
