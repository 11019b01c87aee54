import type { Config } from '../config.ts'

/** The address of a sign-in link. Browsers do not send what follows the #, so the token is in no server's log. */
export function signInLink(
  { baseDomain, port }: Pick<Config, 'baseDomain' | 'port'>,
  account: string,
  token: string,
): string {
  return `http://${account}.${baseDomain}:${port}/app/sign-in#${token}`
}
