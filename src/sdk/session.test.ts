import { afterAll, expect, test } from 'vitest'
import { newAccount, newUser, sessionHeaders, startServer } from '../../test/harness.ts'
import { TimeTrack } from './index.ts'

const server = await startServer()
afterAll(() => server.close())

const baseUrl = `http://127.0.0.1:${server.port}`

/** A client in a page: its browser sends the cookie, and says where the page is from. */
function pageOf(token: string): TimeTrack {
  return new TimeTrack({
    baseUrl,
    fetch: (url, init) => fetch(url, { ...init, headers: { ...init?.headers, ...sessionHeaders(token) } }),
  })
}

test('under a session: makes a key that works, renews its secret, ends the grace, and revokes it', async () => {
  const admin = await newUser(server, await newAccount(server))
  const { keys } = pageOf(admin.token)
  const { data: made } = await keys.create({ name: 'Invoices', access: 'read' })
  const withKey = new TimeTrack({ baseUrl, key: made.key, secret: made.secret ?? '', retries: 0 })
  expect((await withKey.projects.list()).data).toEqual([])
  await expect(withKey.keys.list()).rejects.toMatchObject({ status: 403, code: 11007 })
  expect((await keys.update(made.id, { name: 'Reports' })).data.name).toBe('Reports')
  const { data: renewed } = await keys.renewSecret(made.id)
  expect(renewed.secret).not.toBe(made.secret)
  await expect(keys.renewSecret(made.id)).rejects.toMatchObject({ status: 409, code: 11011 })
  expect((await keys.endGrace(made.id)).data.previousSecretUntil).toBeNull()
  expect((await keys.list()).data.map(({ id }) => id)).toEqual([1, made.id])
  await keys.revoke(made.id)
  await expect(keys.get(made.id)).rejects.toMatchObject({ status: 404, code: 11010 })
})

test('under a session: lists the own sessions and ends one', async () => {
  const admin = await newUser(server, await newAccount(server))
  const { sessions } = pageOf(admin.token)
  const { data } = await sessions.list()
  expect(data).toMatchObject([{ id: 1, current: true }])
  await expect(sessions.end(99)).rejects.toMatchObject({ status: 404, code: 11012 })
  expect((await sessions.end(1)).data.id).toBe(1)
})
