import { SESSION_COOKIE } from './session-cookie.ts'

/** The parts of the OpenAPI document that no operation states by itself. */

export const errorSchema = {
  type: 'object',
  description: 'Every fault of the first part of the request that fails: path, query, headers, body.',
  required: ['errors'],
  properties: {
    errors: {
      type: 'array',
      minItems: 1,
      description: 'One element for each fault.',
      items: {
        type: 'object',
        required: ['title', 'status', 'code', 'detail', 'requestId'],
        properties: {
          title: { type: 'string', description: 'What is wrong, in general.' },
          status: { type: 'integer', description: 'The HTTP status.' },
          code: {
            type: 'integer',
            description: 'Stable number of the error; its meaning never changes.',
          },
          detail: { type: 'string', description: 'A sentence that says what to do.' },
          source: {
            type: 'object',
            description: 'What the fault is about.',
            properties: {
              pointer: { type: 'string', description: 'JSON pointer to the field of the body.' },
              parameter: { type: 'string', description: 'Name of the query parameter.' },
              header: { type: 'string', description: 'Name of the header.' },
            },
          },
          requestId: { type: 'string', description: 'The request, as it is in the log.' },
        },
      },
    },
  },
}

const text = { type: 'string' }

export const parameters = {
  id: {
    name: 'id',
    in: 'path',
    required: true,
    description: 'The identifier.',
    schema: { type: 'integer', minimum: 1 },
    example: 1,
  },
  prefer: {
    name: 'Prefer',
    in: 'header',
    description:
      '`handling=strict` refuses unknown query parameters and fields instead of ignoring them; `count=exact` adds X-Total-Count to a list.',
    schema: text,
    example: 'handling=strict',
  },
  ifMatch: {
    name: 'If-Match',
    in: 'header',
    description: 'Make the change only if this is still the ETag of the object.',
    schema: text,
    example: '"3"',
  },
  ifNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    description: 'Answer 304 without a body if this is still the ETag.',
    schema: text,
    example: '"3"',
  },
  idempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    description:
      'Makes the request safe to repeat for 24 hours: a repeat gets the same answer, and nothing is done twice.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    example: '6f0e4d5c-8f57-4d0e-9c3b-1a2b3c4d5e6f',
  },
}

/** How a request can authenticate; the `security` of an operation says which of these it accepts. */
export const securitySchemes = {
  key: { type: 'apiKey', in: 'header', name: 'X-TimeTrack-Api-Key', description: 'The key.' },
  secret: { type: 'apiKey', in: 'header', name: 'X-TimeTrack-Api-Secret', description: 'Its secret.' },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description:
      'The session of a user who is signed in to the web app. It applies only if neither key header is sent, and for ' +
      'changes only from pages of the same origin.',
  },
}

/** On every answer under the base path. */
export const commonHeaders = {
  'X-Request-Id': { description: 'The request, as it is in the log.', schema: text },
  'Cache-Control': { description: 'No shared cache may keep the answer.', schema: text },
  Vary: { description: 'The request headers that the answer depends on.', schema: text },
}

export const responseHeaders = {
  ETag: { description: 'Tag of the answer, for If-Match and If-None-Match.', schema: text },
  Link: { description: 'Links to the `next`, `prev` and `first` page (RFC 8288).', schema: text },
  Location: { description: 'Path of the new object.', schema: text },
  'X-Total-Count': { description: 'Number of objects on all pages together.', schema: { type: 'integer' } },
  'Preference-Applied': { description: 'The parts of Prefer that were honoured.', schema: text },
  'Idempotency-Replayed': { description: '`true` if this answers a repeat.', schema: text },
  'Retry-After': { description: 'Seconds to wait before trying again.', schema: { type: 'integer' } },
}
