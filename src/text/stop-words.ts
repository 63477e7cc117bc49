const WORDS = `
的 了 和 与 及 或 在 是 为 对 等 之 其 以 于 从 由 将 把 被 让 给 向 到 也 都 就 而 则 且 若 但 并 所 该 此 这 那 各 每 某 又 再 还 已 未 很 更 最 不 无 有 能 可 会 要 使 用 中 上 下 内 外 后 前 时
以及 及其 或者 并且 而且 但是 因此 所以 由于 因为 如果 虽然 从而 其中 其他 其它 等等 之间 之一 此外 另外 通过 根据 按照 关于 对于 基于 用于 由此 以便 为了 随着 经过 可以 能够 需要 具有 进行 一种 一个 一项 一些
这些 那些 这个 那个 我们 我司 你们 他们 它们 以上 以下 左右 同时 目前 已经 正在 没有 不能 还是 就是 称为 包括 如下 如何 什么
`

/** Words of Chinese grammar: they stand in nearly every text and would only spend the query's budget. */
export const STOP_WORDS: ReadonlySet<string> = new Set(WORDS.split(/\s+/).filter((word) => word !== ''))
