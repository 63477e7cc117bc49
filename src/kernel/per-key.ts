/** The function, computed once for each first argument and kept as long as that lives: a database handle, a text, a model. */
export function perKey<Key extends object, Rest extends unknown[], Value>(
  compute: (key: Key, ...rest: Rest) => Value,
): (key: Key, ...rest: Rest) => Value {
  const known = new WeakMap<Key, { value: Value }>()
  return (key, ...rest) => {
    const entry = known.get(key)
    if (entry !== undefined) return entry.value
    const value = compute(key, ...rest)
    known.set(key, { value })
    return value
  }
}
