/** Pairs `traditional simplified`, separated by `|`. The package has no types for its single dictionaries. */
declare module 'opencc-js/dict/TSCharacters' {
  const entries: string

  export { entries as default }
}
