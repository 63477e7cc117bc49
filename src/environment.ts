import { existsSync } from 'node:fs'

/** The environment, completed from a `.env` file in the working directory; real variables win over the file. */
export function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return process.env
}
