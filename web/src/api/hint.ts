const NAME = 'timetrack.signedIn'

/** Whether this browser was signed in when it was last here: then pages are drawn before the session is confirmed. */
export const hint = {
  isSet: (): boolean => localStorage.getItem(NAME) !== null,
  set: () => localStorage.setItem(NAME, '1'),
  remove: () => localStorage.removeItem(NAME),
}
