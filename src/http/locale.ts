export type Locale = 'en' | 'zh'

export const contentLanguage: Record<Locale, string> = { en: 'en', zh: 'zh-CN' }

/** The language that Accept-Language weighs highest among those we have; English when it names neither. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  if (acceptLanguage === undefined || !/zh/i.test(acceptLanguage)) return 'en'
  let best: { locale: Locale; weight: number } = { locale: 'en', weight: 0 }
  for (const range of acceptLanguage.slice(0, 500).split(',')) {
    const match = /^\s*(zh|en)(?:-[\w-]+)?\s*(?:;\s*q\s*=\s*([\d.]+))?\s*$/i.exec(range)
    if (match === null) continue
    const weight = Number(match[2] ?? 1)
    if (weight > best.weight) best = { locale: match[1]?.toLowerCase() === 'zh' ? 'zh' : 'en', weight }
  }
  return best.locale
}
