import { AppError } from './errors.ts'

/** A table-driven machine: for every state, which actions lead where. */
export type StateMachine<S extends string, A extends string> = Readonly<Record<S, Readonly<Partial<Record<A, S>>>>>

export function canMove<S extends string, A extends string>(machine: StateMachine<S, A>, from: S, action: A): boolean {
  return target(machine, from, action) !== undefined
}

/** The actions that the machine allows in this state, for answers and 409 problems. */
export function allowedActions<S extends string, A extends string>(machine: StateMachine<S, A>, from: S): A[] {
  return Object.keys(machine[from]) as A[]
}

/** The state after the action. @throws TRANSITION_NOT_ALLOWED (409) with the allowed actions. */
export function move<S extends string, A extends string>(machine: StateMachine<S, A>, from: S, action: A): S {
  const to = target(machine, from, action)
  if (to !== undefined) return to
  throw new AppError('TRANSITION_NOT_ALLOWED', `"${action}" is not possible in state "${from}".`, {
    details: { state: from, allowedActions: allowedActions(machine, from) },
  })
}

/** Own entries only: an action comes from a request, and "constructor" is a member of every object. */
function target<S extends string, A extends string>(machine: StateMachine<S, A>, from: S, action: A): S | undefined {
  return Object.hasOwn(machine[from], action) ? machine[from][action] : undefined
}
