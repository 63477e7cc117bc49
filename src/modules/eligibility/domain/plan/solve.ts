import { allocate, type Chosen, publicMaxOf } from './allocate.ts'
import { isBetter } from './objective.ts'
import { areCompatible, type Option, type Plan, type Slot, slots, totalInterest } from './option.ts'

/**
 * The best plan for a price among all admissible choices, by branch and bound: slot after slot, the product that brings
 * most first. A branch is cut when even its best possible completion is worse than the plan in hand. Exact: a property test
 * compares it with every choice and every amount. 90 products take a few ms.
 */
export function solvePlan(options: readonly Option[], priceFen: number): Plan {
  const bySlot = new Map(slots.map((slot) => [slot, sorted(options, slot)]))
  const most = (slot: Slot) => Math.max(0, ...(bySlot.get(slot) ?? []).map(bringsOf))
  const search: Search = {
    priceFen,
    bySlot,
    most: new Map(slots.map((slot) => [slot, most(slot)])),
    best: nothing(priceFen),
  }
  branch(search, {}, 0)
  return search.best
}

type Search = {
  priceFen: number
  bySlot: ReadonlyMap<Slot, readonly Option[]>
  /** The most that any product of a slot brings. */
  most: ReadonlyMap<Slot, number>
  best: Plan
}

function branch(search: Search, chosen: Chosen, depth: number): void {
  if (isHopeless(search, chosen, depth)) return
  const slot = slots[depth]
  if (slot === undefined) {
    const plan = allocate(chosen, search.priceFen)
    if (plan && isBetter(plan, search.best)) search.best = plan
    return
  }
  const others = Object.values(chosen)
  const isUseless = slot === 'interest_subsidy' && chosen.debt === undefined
  for (const option of isUseless ? [] : (search.bySlot.get(slot) ?? [])) {
    if (others.every((other) => areCompatible(other, option))) branch(search, { ...chosen, [slot]: option }, depth + 1)
  }
  branch(search, chosen, depth + 1)
}

/** Whether no completion can be better: it needs more cash, or as much and more equity, or more own money at the least. */
function isHopeless({ priceFen, most, best }: Search, chosen: Chosen, depth: number): boolean {
  const atMost = (slot: Slot) =>
    chosen[slot] ? bringsOf(chosen[slot]) : slots.indexOf(slot) >= depth ? (most.get(slot) ?? 0) : 0
  const publicMost = Math.min(atMost('voucher') + atMost('grant'), publicMaxOf(chosen))
  const cash = Math.max(0, priceFen - publicMost - atMost('debt') - atMost('equity'))
  if (cash !== best.cashNowFen) return cash > best.cashNowFen
  const equity = Math.max(0, priceFen - cash - publicMost - atMost('debt'), chosen.equity?.minFen ?? 0)
  if (equity !== best.equityFen) return equity > best.equityFen
  const debt = Math.max(0, priceFen - cash - equity - publicMost)
  const interest = netInterest(chosen, debt, depth)
  return cash + debt + interest - atMost('reward') > best.ownMoneyFen
}

/** Interest of the chosen debt after the chosen subsidy; a subsidy still to come may pay all of it. */
function netInterest({ debt, interest_subsidy: subsidy }: Chosen, amountFen: number, depth: number): number {
  if (debt === undefined || depth <= slots.indexOf('interest_subsidy')) return 0
  const amount = Math.max(amountFen, debt.minFen)
  return totalInterest(debt, amount) - (subsidy?.subsidyOf?.(debt, amount) ?? 0)
}

function bringsOf(option: Option): number {
  return option.rewardFen ?? option.maxFen
}

function sorted(options: readonly Option[], slot: Slot): Option[] {
  return options
    .filter((option) => option.slot === slot)
    .sort((one, other) => bringsOf(other) - bringsOf(one) || (one.id < other.id ? -1 : 1))
}

function nothing(priceFen: number): Plan {
  const none = { equityFen: 0, debtFen: 0, interestFen: 0, subsidyFen: 0, rewardFen: 0 }
  return { parts: [], cashNowFen: priceFen, ownMoneyFen: priceFen, ...none }
}
