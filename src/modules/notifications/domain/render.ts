import { type BilingualText, kindOf, type NotificationKind } from './kinds.ts'

/** A variable's value; a plain string is the same in both languages. */
export type Variables = Readonly<Record<string, string | BilingualText>>
export type RenderedText = { title: BilingualText; body: BilingualText; subject: BilingualText }

/** The texts of a kind with its variables filled in. @throws when a variable is missing: a half text never goes out. */
export function render(kind: NotificationKind, variables: Variables): RenderedText {
  const { title, body, subject } = kindOf(kind)
  const inBoth = (template: BilingualText): BilingualText => ({
    zh: fill(template.zh, 'zh', variables),
    en: fill(template.en, 'en', variables),
  })
  return { title: inBoth(title), body: inBoth(body), subject: inBoth(subject) }
}

/** Every placeholder of the template at once, so that a value with braces in it is never filled again. */
function fill(template: string, language: keyof BilingualText, variables: Variables): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined
    if (value === undefined) throw new Error(`a notification text needs the variable "${name}"`)
    return typeof value === 'string' ? value : value[language]
  })
}

/** The variables that a kind's texts name. */
export function variablesOf(kind: NotificationKind): string[] {
  const { title, body, subject } = kindOf(kind)
  const texts = [title, body, subject].flatMap(({ zh, en }) => [zh, en])
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')))]
}
