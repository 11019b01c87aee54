export interface CatalogueEntry {
  /** Stable: a code is never given another meaning. */
  readonly code: number
  readonly status: number
  readonly title: string
  /** What to do about it, for the page of codes. */
  readonly advice: string
}

/**
 * Every error the server can answer. Ranges: 10xxx request, 11xxx access, 12xxx clients, 13xxx projects,
 * 14xxx tasks, 15xxx project time entries, 16xxx users, 17xxx attendances, 18xxx absences, 19xxx timers;
 * xx020 is always "exists but it is deleted".
 */
export const catalogue = {
  malformedRequest: {
    code: 10001,
    status: 400,
    title: 'Request is malformed',
    advice:
      'What arrived is not a valid HTTP/1.1 request with a Host header. Use an HTTP library or curl, and http:// unless a ' +
      'proxy in front of the server speaks https://.',
  },
  badPathEscape: {
    code: 10002,
    status: 400,
    title: 'Path has a bad percent-escape',
    advice: 'Encode the path as UTF-8 with %XX escapes; write a plain % as %25.',
  },
  requestTimeout: {
    code: 10003,
    status: 408,
    title: 'Request took too long to arrive',
    advice: 'Send the whole request within a minute, on a new connection.',
  },
  headersTooLarge: {
    code: 10004,
    status: 431,
    title: 'Request line and headers are too large',
    advice: 'Keep the request line and all headers together under 16 KiB.',
  },
  unknownPath: {
    code: 10005,
    status: 404,
    title: 'Path does not exist',
    advice:
      'Check the spelling: resources are under /api/v2/ext, and case counts. GET /openapi.json lists every path.',
  },
  methodNotAllowed: {
    code: 10006,
    status: 405,
    title: 'Method is not allowed here',
    advice: 'Use one of the methods that the Allow header and the detail list.',
  },
  internal: {
    code: 10007,
    status: 500,
    title: 'Unexpected error',
    advice:
      'The fault is on our side and has been logged. Try again, with the same Idempotency-Key if there was one; if it ' +
      'stays, give the operator the request id.',
  },
  busy: {
    code: 10008,
    status: 503,
    title: 'Database is busy',
    advice: 'Nothing was changed. Send the request again after the seconds that Retry-After names.',
  },
  badQueryEscape: {
    code: 10021,
    status: 400,
    title: 'Query has a bad percent-escape',
    advice:
      'Encode query values as UTF-8 with %XX escapes; write a plain % as %25. With curl, use -G --data-urlencode.',
  },
  parameterRepeated: {
    code: 10022,
    status: 400,
    title: 'Query parameter is given twice',
    advice: 'Send each query parameter once: which of two values is meant is not guessed.',
  },
  parameterInvalid: {
    code: 10023,
    status: 400,
    title: 'Query parameter is not valid',
    advice: 'Send a value that the detail describes, or leave the parameter out.',
  },
  parameterUnknown: {
    code: 10024,
    status: 400,
    title: 'Query parameter is unknown',
    advice: 'Correct the name that the detail quotes, or send no Prefer: handling=strict to have it ignored.',
  },
  cursorInvalid: {
    code: 10025,
    status: 400,
    title: 'Cursor does not fit this request',
    advice:
      'Follow the next link as it is: a cursor belongs to one account, filter and order, and excludes page_number.',
  },
  cursorGone: {
    code: 10027,
    status: 410,
    title: 'Cursor is older than what is kept',
    advice:
      'Changes behind this cursor are gone, or the database was replaced. List everything anew, then follow the changes ' +
      'without a cursor.',
  },
  headerInvalid: {
    code: 10026,
    status: 400,
    title: 'Header is not valid',
    advice:
      'Send the header that source names as the detail describes, or leave it out. Nothing was changed.',
  },
  stale: {
    code: 10030,
    status: 412,
    title: 'Object has changed',
    advice:
      'Somebody changed it since you got it, and nothing of yours was done. The ETag header has the tag of now: get the ' +
      'object again, apply your change to it, and send that with the new tag in If-Match.',
  },
  idempotencyKeyReused: {
    code: 10031,
    status: 422,
    title: 'Idempotency key was used for another request',
    advice: 'Make a new key for each new request, and repeat a request under its key to the letter.',
  },
  twinAtWork: {
    code: 10032,
    status: 409,
    title: 'The same request is still at work',
    advice:
      'Wait for the seconds that Retry-After names and send it again under its key: you get the answer of the first.',
  },
  unsupportedMediaType: {
    code: 10040,
    status: 415,
    title: 'Body is not JSON',
    advice: 'Send the body as JSON with the header Content-Type: application/json.',
  },
  bodyTooLarge: {
    code: 10041,
    status: 413,
    title: 'Body is too large',
    advice: 'Send at most 1 MiB (1,048,576 bytes), in a batch 16 MiB; split the work into several requests.',
  },
  brokenJson: {
    code: 10042,
    status: 400,
    title: 'Body is broken JSON',
    advice: 'Send JSON in UTF-8: straight quotes, no trailing commas. The detail says where reading stopped.',
  },
  bodyNotObject: {
    code: 10043,
    status: 422,
    title: 'Body is not an object',
    advice: 'Send one JSON object, such as {"projectName":"Website"}.',
  },
  usePut: {
    code: 10044,
    status: 422,
    title: 'POST with fields does not update',
    advice: 'Use PUT to change this object. POST on its path is answered as a read, and only without fields.',
  },
  fieldMissing: {
    code: 10050,
    status: 422,
    title: 'Field is missing',
    advice:
      'Send the field that the pointer names; the detail says what may be in it. Its name is case-sensitive.',
  },
  fieldType: {
    code: 10051,
    status: 422,
    title: 'Field has the wrong type',
    advice:
      'Send the type that the detail names. Numbers may also be numeric text, booleans also 1, 0 or their text.',
  },
  fieldLength: {
    code: 10052,
    status: 422,
    title: 'Text is too short or too long',
    advice: 'Send a text of the length that the detail names, counted in Unicode code points after trimming.',
  },
  fieldCharacters: {
    code: 10053,
    status: 422,
    title: 'Text has characters that are not allowed',
    advice: 'Remove control characters and unpaired surrogates. Notes may hold tabs and line breaks.',
  },
  fieldRange: {
    code: 10054,
    status: 422,
    title: 'Number is out of range',
    advice: 'Send a number within the range that the detail names, both ends included.',
  },
  fieldDigits: {
    code: 10055,
    status: 422,
    title: 'Number has too many digits',
    advice: 'Send at most 15 significant digits: numbers are kept exactly and never rounded.',
  },
  fieldUnknown: {
    code: 10056,
    status: 422,
    title: 'Field is unknown or read-only',
    advice: 'Correct or remove it, or send no Prefer: handling=strict to have it ignored.',
  },
  fieldForm: {
    code: 10058,
    status: 422,
    title: 'Text has the wrong form',
    advice: 'Send a text of the form that the detail describes.',
  },
  idMismatch: {
    code: 10057,
    status: 422,
    title: 'Id in the body is not that of the path',
    advice: 'Leave ID and id out, or repeat the id of the path: an id never changes.',
  },
  batchInvalid: {
    code: 10060,
    status: 422,
    title: 'Batch is not valid',
    advice:
      'Send 1 to 1,000 operations, each an object with a method of create, update or delete. The pointer names the one.',
  },
  unauthenticated: {
    code: 11001,
    status: 401,
    title: 'Credentials are not valid',
    advice:
      'Send X-TimeTrack-Api-Key and X-TimeTrack-Api-Secret of one key, on the host of its own account. A missing, ' +
      'wrong, swapped or revoked credential is always this same answer.',
  },
  forbidden: {
    code: 11002,
    status: 403,
    title: 'Key may not do this',
    advice: 'The key is read-only. Use a key with write access.',
  },
  clientUnknown: {
    code: 12001,
    status: 422,
    title: 'Client does not exist',
    advice:
      'An update needs the name of an existing client. Creating a project with a new clientName creates the client.',
  },
  clientNotFound: {
    code: 12002,
    status: 404,
    title: 'Client does not exist',
    advice: 'No client of the account has, or ever had, this id. List the clients to find it.',
  },
  clientNameTaken: {
    code: 12003,
    status: 409,
    title: 'Client name is taken',
    advice: 'Another client has this name (case does not count). Choose another, or use that client.',
  },
  clientHasProjects: {
    code: 12004,
    status: 409,
    title: 'Client has projects',
    advice: 'Delete its projects first, or move them to another client. The detail counts them.',
  },
  clientDeleted: {
    code: 12020,
    status: 404,
    title: 'Client exists but it is deleted',
    advice: 'Bring it back with POST /clients/{id}/restore, or work with another one.',
  },
  projectUnknown: {
    code: 13001,
    status: 404,
    title: 'Project does not exist',
    advice: 'No project of the account has, or ever had, this id. List the projects to find it.',
  },
  projectNameTaken: {
    code: 13002,
    status: 409,
    title: 'Project name is taken',
    advice:
      'Another project of the same client has this name (case does not count). Choose another, or update that one.',
  },
  projectClientDeleted: {
    code: 13003,
    status: 409,
    title: 'Client of the project is deleted',
    advice: 'Bring the client back with POST /clients/{id}/restore, then restore the project.',
  },
  projectDeleted: {
    code: 13020,
    status: 404,
    title: 'Project exists but it is deleted',
    advice: 'Bring it back with POST /projects/{id}/restore, or work with another one.',
  },
} as const satisfies Record<string, CatalogueEntry>

export type ErrorName = keyof typeof catalogue
