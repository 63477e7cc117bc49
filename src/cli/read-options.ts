import { type ParseArgsConfig, parseArgs } from 'node:util'
import { ConfigError } from '../config.ts'

/** The options of a command. @throws ConfigError with the usage for one that it does not know. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  usage: string,
  options: Options,
): ReturnType<typeof parseArgs<{ options: Options }>>['values'] {
  try {
    return parseArgs({ options }).values
  } catch (error) {
    throw new ConfigError(`${error instanceof Error ? error.message : error}\n${usage}`)
  }
}
