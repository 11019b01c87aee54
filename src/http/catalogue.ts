import { accessErrors } from './catalogue-access.ts'
import { type CatalogueEntry, entry } from './catalogue-entry.ts'

export type { CatalogueEntry }

/**
 * Every error the server can answer. Ranges: 10xxx request, 11xxx access, 12xxx clients, 13xxx projects,
 * 14xxx tasks, 15xxx project time entries, 16xxx users, 17xxx attendances, 18xxx absences, 19xxx timers;
 * xx020 is always "exists but it is deleted".
 */
export const catalogue = {
  malformedRequest: entry(
    10001,
    400,
    'Request is malformed',
    'What arrived is not a valid HTTP/1.1 request with a Host header. Use an HTTP library or curl, and http:// unless a proxy in front of the server speaks https://.',
  ),
  badPathEscape: entry(
    10002,
    400,
    'Path has a bad percent-escape',
    'Encode the path as UTF-8 with %XX escapes; write a plain % as %25.',
  ),
  requestTimeout: entry(
    10003,
    408,
    'Request took too long to arrive',
    'Send the whole request within a minute, on a new connection.',
  ),
  headersTooLarge: entry(
    10004,
    431,
    'Request line and headers are too large',
    'Keep the request line and all headers together under 16 KiB.',
  ),
  unknownPath: entry(
    10005,
    404,
    'Path does not exist',
    'Check the spelling: resources are under /api/v2/ext, and case counts. GET /openapi.json lists every path.',
  ),
  methodNotAllowed: entry(
    10006,
    405,
    'Method is not allowed here',
    'Use one of the methods that the Allow header and the detail list.',
  ),
  internal: entry(
    10007,
    500,
    'Unexpected error',
    'The fault is on our side and has been logged. Try again, with the same Idempotency-Key if there was one; if it stays, give the operator the request id.',
  ),
  busy: entry(
    10008,
    503,
    'Database is busy',
    'Nothing was changed. Send the request again after the seconds that Retry-After names.',
  ),
  storageFull: entry(
    10009,
    503,
    'Storage is full',
    'Nothing was changed. The operator has to make room on the disk of the server; then the same request goes through, so send it again later.',
  ),
  storageReadOnly: entry(
    10010,
    503,
    'Storage is read-only',
    'Nothing was changed. The operator has to make the database writable; then the same request goes through, so send it again later.',
  ),
  storageFailed: entry(
    10011,
    503,
    'Storage does not work',
    'The disk of the server refuses to work, and the change was not acknowledged. The operator has to look after it; send the request again later, with the same Idempotency-Key if there was one.',
  ),
  storageDamaged: entry(
    10012,
    500,
    'Storage is damaged',
    'The database cannot be read where this request needs it, and it has been logged. Give the operator the request id: the disk has to be checked, or a backup restored.',
  ),
  databaseUnreachable: entry(
    10013,
    503,
    'Database cannot be reached',
    'The server has lost its database, or waits for another one to take over. A change was not acknowledged, and may be there or not: send the request again after the seconds that Retry-After names, with the same Idempotency-Key if there was one.',
  ),
  badQueryEscape: entry(
    10021,
    400,
    'Query has a bad percent-escape',
    'Encode query values as UTF-8 with %XX escapes; write a plain % as %25. With curl, use -G --data-urlencode.',
  ),
  parameterRepeated: entry(
    10022,
    400,
    'Query parameter is given twice',
    'Send each query parameter once: which of two values is meant is not guessed.',
  ),
  parameterInvalid: entry(
    10023,
    400,
    'Query parameter is not valid',
    'Send a value that the detail describes, or leave the parameter out.',
  ),
  parameterUnknown: entry(
    10024,
    400,
    'Query parameter is unknown',
    'Correct the name that the detail quotes, or send no Prefer: handling=strict to have it ignored.',
  ),
  cursorInvalid: entry(
    10025,
    400,
    'Cursor does not fit this request',
    'Follow the next link as it is: a cursor belongs to one account, filter and order, and excludes page_number.',
  ),
  cursorGone: entry(
    10027,
    410,
    'Cursor is older than what is kept',
    'Changes behind this cursor are gone, or the database was replaced. List everything anew, then follow the changes without a cursor.',
  ),
  headerInvalid: entry(
    10026,
    400,
    'Header is not valid',
    'Send the header that source names as the detail describes, or leave it out. Nothing was changed.',
  ),
  stale: entry(
    10030,
    412,
    'Object has changed',
    'Somebody changed it since you got it, and nothing of yours was done. The ETag header has the tag of now: get the object again, apply your change to it, and send that with the new tag in If-Match.',
  ),
  idempotencyKeyReused: entry(
    10031,
    422,
    'Idempotency key was used for another request',
    'Make a new key for each new request, and repeat a request under its key to the letter.',
  ),
  twinAtWork: entry(
    10032,
    409,
    'The same request is still at work',
    'Wait for the seconds that Retry-After names and send it again under its key: you get the answer of the first.',
  ),
  unsupportedMediaType: entry(
    10040,
    415,
    'Body is not JSON',
    'Send the body as JSON with the header Content-Type: application/json.',
  ),
  bodyTooLarge: entry(
    10041,
    413,
    'Body is too large',
    'Send at most 1 MiB (1,048,576 bytes), in a batch 16 MiB; split the work into several requests.',
  ),
  brokenJson: entry(
    10042,
    400,
    'Body is broken JSON',
    'Send JSON in UTF-8: straight quotes, no trailing commas. The detail says where reading stopped.',
  ),
  bodyNotObject: entry(
    10043,
    422,
    'Body is not an object',
    'Send one JSON object, such as {"projectName":"Website"}.',
  ),
  usePut: entry(
    10044,
    422,
    'POST with fields does not update',
    'Use PUT to change this object. POST on its path is answered as a read, and only without fields.',
  ),
  fieldMissing: entry(
    10050,
    422,
    'Field is missing',
    'Send the field that the pointer names; the detail says what may be in it. Its name is case-sensitive.',
  ),
  fieldType: entry(
    10051,
    422,
    'Field has the wrong type',
    'Send the type that the detail names. Numbers may also be numeric text, booleans also 1, 0 or their text.',
  ),
  fieldLength: entry(
    10052,
    422,
    'Text is too short or too long',
    'Send a text of the length that the detail names, counted in Unicode code points after trimming.',
  ),
  fieldCharacters: entry(
    10053,
    422,
    'Text has characters that are not allowed',
    'Remove control characters and unpaired surrogates. Notes may hold tabs and line breaks.',
  ),
  fieldRange: entry(
    10054,
    422,
    'Number is out of range',
    'Send a number within the range that the detail names, both ends included.',
  ),
  fieldDigits: entry(
    10055,
    422,
    'Number has too many digits',
    'Send at most 15 significant digits: numbers are kept exactly and never rounded.',
  ),
  fieldUnknown: entry(
    10056,
    422,
    'Field is unknown or read-only',
    'Correct or remove it, or send no Prefer: handling=strict to have it ignored.',
  ),
  fieldForm: entry(
    10058,
    422,
    'Text has the wrong form',
    'Send a text of the form that the detail describes.',
  ),
  idMismatch: entry(
    10057,
    422,
    'Id in the body is not that of the path',
    'Leave ID and id out, or repeat the id of the path: an id never changes.',
  ),
  batchInvalid: entry(
    10060,
    422,
    'Batch is not valid',
    'Send 1 to 1,000 operations, each an object with a method of create, update or delete. The pointer names the one.',
  ),
  ...accessErrors,
  clientNameUnknown: entry(
    12001,
    422,
    'Client does not exist',
    'An update needs the name of an existing client. Creating a project with a new clientName creates the client.',
  ),
  clientNotFound: entry(
    12002,
    404,
    'Client does not exist',
    'No client of the account has, or ever had, this id. List the clients to find it.',
  ),
  clientNameTaken: entry(
    12003,
    409,
    'Client name is taken',
    'Another client has this name (case does not count). Choose another, or use that client.',
  ),
  clientHasProjects: entry(
    12004,
    409,
    'Client has projects',
    'Delete its projects first, or move them to another client. The detail counts them.',
  ),
  clientDeleted: entry(
    12020,
    404,
    'Client exists but it is deleted',
    'Bring it back with POST /clients/{id}/restore, or work with another one.',
  ),
  projectNotFound: entry(
    13001,
    404,
    'Project does not exist',
    'No project of the account has, or ever had, this id. List the projects to find it.',
  ),
  projectNameTaken: entry(
    13002,
    409,
    'Project name is taken',
    'Another project of the same client has this name (case does not count). Choose another, or update that one.',
  ),
  projectClientDeleted: entry(
    13003,
    409,
    'Client of the project is deleted',
    'Bring the client back with POST /clients/{id}/restore, then restore the project.',
  ),
  projectDeleted: entry(
    13020,
    404,
    'Project exists but it is deleted',
    'Bring it back with POST /projects/{id}/restore, or work with another one.',
  ),
} satisfies Record<string, CatalogueEntry>

export type ErrorName = keyof typeof catalogue
