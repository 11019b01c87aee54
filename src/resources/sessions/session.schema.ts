import { type Static, Type } from 'typebox'
import { idField, timeField } from '../../http/fields.ts'

export const Session = Type.Object(
  {
    id: idField('Identifier: counts from 1 in each account.'),
    createdAt: timeField('When the user signed in'),
    lastUsedAt: timeField('When it was last used, to the minute or so'),
    expiresAt: timeField('When it ends unless it is used before: 14 days after its last use'),
    userAgent: Type.String({ description: 'What the browser calls itself; empty if it sends nothing.' }),
    address: Type.String({ description: 'The network address that the user signed in from.' }),
    current: Type.Boolean({ description: 'Whether it is the session of this request.' }),
  },
  {
    title: 'Session',
    description: 'A browser in which a user is signed in to the web app.',
    examples: [
      {
        id: 1,
        createdAt: '2026-01-31T12:00:00.000Z',
        lastUsedAt: '2026-01-31T12:00:00.000Z',
        expiresAt: '2026-02-14T12:00:00.000Z',
        userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
        address: '192.0.2.7',
        current: true,
      },
    ],
  },
)
export type Session = Static<typeof Session>
