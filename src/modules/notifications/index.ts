export { type MailLinks, mailLinks } from './mail-links.ts'
export { tellUsers } from './tell-users.ts'
