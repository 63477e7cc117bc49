import type { Db } from '../../db/client.ts'
import type { Answer } from '../../rules/index.ts'
import { type Judged, judgeProduct } from './domain/judge-product.ts'
import { type Product, productsOnOffer } from './products-on-offer.ts'
import type { SubjectFacts } from './subject-facts.ts'

export type JudgedProduct = { product: Product; judged: Judged }

/** Every product on offer with its answer: yes before unknown before no, and the newest first among equals. */
export async function judgeProducts(db: Db, { facts, day, markets }: SubjectFacts): Promise<JudgedProduct[]> {
  const products = await productsOnOffer(db, markets)
  return products
    .map((product) => ({ product, judged: judgeProduct(product, facts, day) }))
    .sort((one, other) => rankOf(one) - rankOf(other) || (one.product.id < other.product.id ? 1 : -1))
}

const order = { yes: 0, unknown: 1, no: 2 } as const satisfies Record<Answer, number>

export function rankOf({ judged }: Pick<JudgedProduct, 'judged'>): number {
  return order[judged.answer]
}
