const NAME = 'timetrack.signedIn'

/** Whether this browser was signed in when it was last here: then pages are drawn before the session is confirmed. */
export const hint = {
  isSet: (): boolean => localStorage.getItem(NAME) !== null,
  /** Each sign-in leaves another value, so that every other tab hears of it. */
  set: () => localStorage.setItem(NAME, new Date().toISOString()),
  remove: () => localStorage.removeItem(NAME),
  /** Calls back when somebody has signed in in another tab. */
  onSetElsewhere(callBack: () => void): void {
    addEventListener('storage', ({ key, newValue }) => {
      if (key === NAME && newValue !== null) callBack()
    })
  },
}
