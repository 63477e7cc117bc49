/** Pairs `traditional simplified`, separated by `|`. The package has no types for its single dictionaries. */
declare module 'opencc-js/dict/TSCharacters' {
  const entries: string

  // biome-ignore lint/style/noDefaultExport: that is how the package exports it
  export default entries
}
