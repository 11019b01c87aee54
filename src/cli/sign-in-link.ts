import type { Config } from '../config.ts'

/** The address of a sign-in link. Browsers keep what is behind the # to themselves, so it is in no server's log. */
export function signInLink(
  { baseDomain, port }: Pick<Config, 'baseDomain' | 'port'>,
  account: string,
  token: string,
): string {
  return `http://${account}.${baseDomain}:${port}/app/sign-in#${token}`
}
