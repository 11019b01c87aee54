/** Where the app is: the server writes a `<base>` into the page, since a proxy may have put it under any path. */
const app = new URL('.', document.baseURI)

/** The path of the app without its last slash: what routes are relative to. */
export const appPath = app.pathname.replace(/\/$/, '')

/** The address of the server, with whatever prefix a proxy has given it. */
export const serverUrl = new URL('..', app).href.replace(/\/$/, '')

export const fromApp = (path: string): string => new URL(path, app).href
