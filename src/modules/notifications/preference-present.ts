import { isShownInApp, mailMode } from './domain/delivery-plan.ts'
import { kindOf, notificationKinds } from './domain/kinds.ts'
import type { Recipient } from './recipient-view.ts'
import type { Subscription } from './unsubscribe.ts'

export function toPreferencesResponse({ locale, settings, choices, email, bounce }: Recipient) {
  const { timeZone, quietHours, dailyMailMax } = settings
  return {
    ...{ locale, timeZone, quietHours, dailyMailMax },
    preferences: [
      ...choices.inApp.map(({ kind, mode }) => ({ kind, channel: 'inApp' as const, mode })),
      ...choices.email.map(({ kind, mode }) => ({ kind, channel: 'email' as const, mode })),
    ],
    kinds: notificationKinds.map((kind) => ({
      kind,
      importance: kindOf(kind).importance,
      mayWait: kindOf(kind).mayWait,
      inApp: isShownInApp(kind, choices.inApp) ? ('instant' as const) : ('off' as const),
      email: mailMode(kind, choices.email),
    })),
    mail: {
      address: email,
      ...(bounce
        ? { state: 'bounced' as const, bouncedAt: bounce.at.toISOString(), reason: bounce.reason }
        : { state: 'working' as const }),
    },
  }
}

export function toSubscriptionResponse({ email, kind, isSubscribed }: Subscription) {
  return { address: shortened(email), kind, isSubscribed }
}

/** `l…@example.com`: enough for the owner to know which. */
function shortened(email: string): string {
  const at = email.lastIndexOf('@')
  return `${email.slice(0, 1)}…${email.slice(at)}`
}
