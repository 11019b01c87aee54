import { expect } from 'vitest'
import { errorGroups } from '../src/http/error-page.ts'
import type { Source } from '../src/http/errors.ts'
import { servedResources } from './api.ts'
import type { Reply } from './harness.ts'

/** Expects an error answer of this status with exactly these faults, in order and in the contract's shape. */
export function expectErrors(
  reply: Reply,
  status: number,
  ...faults: [code: number, source?: Source][]
): void {
  const errors: any[] = reply.json?.errors ?? []
  expect({ status: reply.status, faults: errors.map(({ code, source }) => [code, source]) }).toEqual({
    status,
    faults: faults.map(([code, source]) => [code, source]),
  })
  expect(Object.keys(reply.json)).toEqual(['errors'])
  expect(reply.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(reply.headers['x-request-id']).toMatch(/^\S+$/)
  for (const error of errors) {
    expect(error).toEqual({
      title: titleOf(error.code),
      status,
      code: error.code,
      detail: expect.stringMatching(/^\S.+\.$/s),
      ...(error.source && { source: error.source }),
      requestId: reply.headers['x-request-id'],
    })
  }
}

const entries = errorGroups(servedResources()).flatMap((group) => group.entries)

function titleOf(code: number): string | undefined {
  return entries.find((entry) => entry.code === code)?.title
}
