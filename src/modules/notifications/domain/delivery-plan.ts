import type { DeliveryMode, Kind, NotificationKind } from './kinds.ts'
import { kindOf } from './kinds.ts'
import { dayIn, type QuietHours, whenNotQuiet } from './quiet-hours.ts'

/** A user's settings for mail; the defaults hold for who set nothing. */
export type MailSettings = { timeZone: string; quietHours: QuietHours | null; dailyMailMax: number }

export const defaultMailSettings: MailSettings = {
  timeZone: 'Asia/Shanghai',
  quietHours: { from: '22:00', to: '08:00' },
  dailyMailMax: 20,
}

/** A choice for one kind, or for all that have none of their own. */
export type Choice = { kind: NotificationKind | '*'; mode: DeliveryMode }

export type MailPlan = { when: 'instant' } | { when: 'at'; at: Date } | { when: 'digest' } | { when: 'none' }

export type MailQuestion = {
  kind: NotificationKind
  /** The user's choices for e-mail. */
  choices: readonly Choice[]
  settings: MailSettings
  now: Date
  /** Mails that count against the cap and are planned for the user's calendar day. */
  plannedOn: (day: string) => number
}

/** When a notification's mail goes out. What waits out the quiet hours counts for the day on which it is sent. */
export function planMail({ kind, choices, settings, now, plannedOn }: MailQuestion): MailPlan {
  const rules = kindOf(kind)
  const mode = mailMode(kind, choices)
  if (mode === 'off') return { when: 'none' }
  if (rules.importance === 'high') return { when: 'instant' }
  if (mode === 'digest') return { when: 'digest' }
  const at = whenNotQuiet(now, settings)
  if (plannedOn(dayIn(settings.timeZone, at)) >= settings.dailyMailMax) return { when: 'digest' }
  return at > now ? { when: 'at', at } : { when: 'instant' }
}

/** Whether a mail of the kind counts against the daily cap. */
export const countsAgainstCap = (kind: NotificationKind): boolean => kindOf(kind).importance !== 'high'

/**
 * What the user chose, else what the kind brings. A general choice neither silences warnings about the own account nor
 * makes a kind wait that may not: who wants that names the kind.
 */
export function mailMode(kind: NotificationKind, choices: readonly Choice[]): DeliveryMode {
  const own = choices.find((choice) => choice.kind === kind)
  const rules: Kind = kindOf(kind)
  if (own) return own.mode
  const general = choices.find((choice) => choice.kind === '*')?.mode
  if (general === undefined || isOwnAccountWarning(kind)) return rules.defaults.email
  return general === 'digest' && !rules.mayWait ? 'instant' : general
}

/** In the product there is no digest: a notification is shown or not. */
export function isShownInApp(kind: NotificationKind, choices: readonly Choice[]): boolean {
  const chosen =
    choices.find((choice) => choice.kind === kind) ??
    (isOwnAccountWarning(kind) ? undefined : choices.find((choice) => choice.kind === '*'))
  return (chosen?.mode ?? kindOf(kind).defaults.inApp) !== 'off'
}

const isOwnAccountWarning = (kind: NotificationKind) => kind.startsWith('security.')
