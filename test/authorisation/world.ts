import type { Principal } from '../../src/kernel/principal.ts'
import type { Harness } from '../support/harness.ts'

/** Whose objects a fixture has: the near and the far house of a kind stand on the same rung in two markets. */
export type House = 'enterprise' | 'bank'
/** Path parameters by name. */
export type Params = Record<string, string>
/** The objects of one path; an object that is everybody's, such as a reference set, has no far one. */
export type Fixture = { house?: House; near: Params; far?: Params; hidden?: Params; gone?: Params }

export type People = Record<'owner' | 'member' | 'neighbour' | 'farOwner', Principal>

export type World = {
  houses: Record<House, People>
  desk: Record<'broker' | 'operator' | 'farBroker' | 'farOperator', Principal>
  /** The other side of pairs and deals, near and far; nobody of it acts in the matrix. */
  partners: Record<'near' | 'far', Principal>
}

/** Two markets that know nothing of each other, and in each of them everybody who may act. */
export async function makeWorld({ given }: Harness): Promise<World> {
  await given.market({ code: 'ningbo', publishOnSubmit: true })
  await given.market({ code: 'jiangsu', publishOnSubmit: true })
  const house = async (kind: 'enterprise' | 'financial_institution'): Promise<People> => {
    const owner = await given.organisation({ kind })
    return {
      owner,
      member: await given.user(owner, 'member'),
      neighbour: await given.organisation({ kind }),
      farOwner: await given.organisation({ kind, market: 'jiangsu' }),
    }
  }
  return {
    houses: { enterprise: await house('enterprise'), bank: await house('financial_institution') },
    desk: {
      broker: await given.broker(),
      operator: await given.operator(),
      farBroker: await given.broker('jiangsu'),
      farOperator: await given.operator('jiangsu'),
    },
    partners: {
      near: await given.organisation({ kind: 'university' }),
      far: await given.organisation({ kind: 'university', market: 'jiangsu' }),
    },
  }
}
