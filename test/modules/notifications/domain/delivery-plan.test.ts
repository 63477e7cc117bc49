import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Choice,
  countsAgainstCap,
  defaultMailSettings,
  isShownInApp,
  type MailPlan,
  type MailSettings,
  mailMode,
  planMail,
} from '../../../../src/modules/notifications/domain/delivery-plan.ts'
import { deliveryModes, kindOf, notificationKinds } from '../../../../src/modules/notifications/domain/kinds.ts'
import { dayIn, isQuiet } from '../../../../src/modules/notifications/domain/quiet-hours.ts'

const timeZones = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu']
const timeOfDay = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'))
const settings: fc.Arbitrary<MailSettings> = fc.record({
  timeZone: fc.constantFrom(...timeZones),
  quietHours: fc.option(fc.record({ from: timeOfDay, to: timeOfDay }).filter(({ from, to }) => from !== to)),
  dailyMailMax: fc.nat(25),
})
const kind = fc.constantFrom(...notificationKinds)
const choices: fc.Arbitrary<Choice[]> = fc.uniqueArray(
  fc.record({ kind: fc.oneof(kind, fc.constant('*' as const)), mode: fc.constantFrom(...deliveryModes) }),
  { selector: (choice) => choice.kind, maxLength: 6 },
)
const now = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true })

function timeOf(plan: MailPlan, now: Date): Date | undefined {
  if (plan.when === 'at') return plan.at
  return plan.when === 'instant' ? now : undefined
}

function openMinutes({ quietHours }: MailSettings): number {
  if (quietHours === null) return 1_440
  const [from = 0, to = 0] = [quietHours.from, quietHours.to].map(
    (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3)),
  )
  return (from - to + 1_440) % 1_440
}

describe('planMail', () => {
  it('never mails in the quiet hours, unless it is urgent', () => {
    fc.assert(
      fc.property(kind, choices, settings, now, (kind, choices, settings, now) => {
        const plan = planMail({ kind, choices, settings, now, plannedOn: () => 0 })
        const at = timeOf(plan, now)
        if (at === undefined || kindOf(kind).importance === 'high') return
        expect(isQuiet(at, settings)).toBe(false)
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime())
        // A change of the clocks may jump over the only open hour of a day.
        expect(at.getTime() - now.getTime()).toBeLessThanOrEqual((openMinutes(settings) > 60 ? 25 : 49) * 3_600_000)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never plans more than the cap for any day, whatever comes in which order; urgent ones do not count', () => {
    const arrivals = fc.array(fc.record({ kind, minutes: fc.nat(240) }), { maxLength: 150 })
    fc.assert(
      fc.property(arrivals, choices, settings, now, (arrivals, choices, settings, start) => {
        const planned = new Map<string, number>()
        const plannedOn = (day: string) => planned.get(day) ?? 0
        let now = start
        for (const { kind, minutes } of arrivals) {
          now = new Date(now.getTime() + minutes * 60_000)
          const at = timeOf(planMail({ kind, choices, settings, now, plannedOn }), now)
          if (at === undefined || !countsAgainstCap(kind)) continue
          const day = dayIn(settings.timeZone, at)
          planned.set(day, plannedOn(day) + 1)
        }
        for (const count of planned.values()) expect(count).toBeLessThanOrEqual(settings.dailyMailMax)
      }),
      { numRuns: 300 },
    )
  })

  it('mails nothing that is off, and loses nothing that is not', () => {
    fc.assert(
      fc.property(kind, choices, settings, now, fc.nat(40), (kind, choices, settings, now, planned) => {
        const plan = planMail({ kind, choices, settings, now, plannedOn: () => planned })
        expect(plan.when === 'none').toBe(mailMode(kind, choices) === 'off')
      }),
    )
  })

  it('lets what is beyond the cap wait for the digest, and urgent kinds pass cap and night', () => {
    const night = new Date('2026-11-20T15:00:00Z')
    const ask = (kind: 'listing.returned' | 'auction.outbid', planned: number) =>
      planMail({ kind, choices: [], settings: defaultMailSettings, now: night, plannedOn: () => planned })
    expect(ask('listing.returned', 0)).toEqual({ when: 'at', at: new Date('2026-11-21T00:00:00Z') })
    expect(ask('listing.returned', 20)).toEqual({ when: 'digest' })
    expect(ask('auction.outbid', 20)).toEqual({ when: 'instant' })
  })

  it('counts a mail that waits out the night for the day on which it is sent', () => {
    const days: string[] = []
    const plannedOn = (day: string) => days.push(day)
    const now = new Date('2026-11-20T15:00:00Z')
    planMail({ kind: 'listing.returned', choices: [], settings: defaultMailSettings, now, plannedOn })
    expect(days).toEqual(['2026-11-21'])
  })
})

describe('mailMode', () => {
  it('prefers the choice for the kind to the general one, and that to the default', () => {
    const general: Choice = { kind: '*', mode: 'digest' }
    expect(mailMode('listing.returned', [])).toBe('instant')
    expect(mailMode('listing.returned', [general])).toBe('digest')
    expect(mailMode('listing.returned', [general, { kind: 'listing.returned', mode: 'off' }])).toBe('off')
  })

  it('makes no kind wait that may not, and silences warnings about the account only by name', () => {
    expect(mailMode('auction.outbid', [{ kind: '*', mode: 'digest' }])).toBe('instant')
    expect(mailMode('auction.outbid', [{ kind: '*', mode: 'off' }])).toBe('off')
    expect(mailMode('security.session_reused', [{ kind: '*', mode: 'off' }])).toBe('instant')
    expect(mailMode('security.session_reused', [{ kind: 'security.session_reused', mode: 'off' }])).toBe('off')
  })
})

describe('isShownInApp', () => {
  it('follows the choices in the same order', () => {
    expect(isShownInApp('listing.returned', [])).toBe(true)
    expect(isShownInApp('listing.returned', [{ kind: '*', mode: 'off' }])).toBe(false)
    expect(isShownInApp('security.session_reused', [{ kind: '*', mode: 'off' }])).toBe(true)
  })
})

describe('the kinds', () => {
  it('may refuse to wait only when they pass the cap, so that what is beyond it has somewhere to go', () => {
    const stuck = notificationKinds.filter((one) => !kindOf(one).mayWait && kindOf(one).importance !== 'high')
    expect(stuck).toEqual([])
  })
})
