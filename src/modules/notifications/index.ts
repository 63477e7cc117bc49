export { type MailLinks, mailLinks } from './mail-links.ts'
