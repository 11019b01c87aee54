import type { signInEn } from './texts.en.ts'

const plural = (count: number, one: string, many: string) => (count === 1 ? one : many)

export const signInDe: typeof signInEn = {
  title: 'Anmelden',
  to: (account) => `Bei ${account} anmelden`,
  account: 'Konto',
  username: 'Benutzername',
  password: 'Passwort',
  submit: 'Anmelden',
  failed: 'Konto, Benutzername oder Passwort stimmt nicht.',
  failedHere: 'Benutzername oder Passwort stimmt nicht.',
  wait: (seconds) =>
    `Zu viele Versuche. Versuche es in ${seconds < 90 ? `${seconds} ${plural(seconds, 'Sekunde', 'Sekunden')}` : `${Math.ceil(seconds / 60)} Minuten`} noch einmal.`,
  forgotten: 'Passwort vergessen? Bitte deinen Administrator um einen Anmeldelink.',
  ended: 'Deine Sitzung ist abgelaufen. Melde dich an, um weiterzumachen.',
  kept: 'Deine Sitzung ist abgelaufen. Melde dich an, um dort weiterzumachen, wo du warst: Deine Eingaben sind noch da.',
  choose: 'Passwort wählen',
  chooseHint: 'Dieser Link meldet dich einmal an. Danach meldest du dich mit deinem Passwort an.',
  newPassword: 'Neues Passwort',
  repeat: 'Passwort wiederholen',
  length: 'Mindestens 8 Zeichen.',
  differs: 'Die beiden Passwörter sind verschieden.',
  save: 'Speichern und anmelden',
  linkInvalid: 'Dieser Link wurde schon benutzt oder ist abgelaufen.',
  linkInvalidHint: 'Bitte deinen Administrator um einen neuen.',
  toSignIn: 'Zur Anmeldung',
  tagline: 'Projekte, Zeiten und Budgets, ruhig auf einen Blick.',
}
