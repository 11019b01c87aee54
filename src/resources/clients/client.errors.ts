import { entry } from '../../http/catalogue-entry.ts'
import { namedErrors } from '../../resource/refusals.ts'
import { clientKind } from './client.schema.ts'

export const clientErrors = {
  nameUnknown: entry(
    12001,
    422,
    'Client does not exist',
    'An update needs the name of an existing client. Creating a project with a new clientName creates the client.',
  ),
  ...namedErrors(clientKind.noun, { notFound: 12002, nameTaken: 12003, deleted: 12020 }),
  hasProjects: entry(
    12004,
    409,
    'Client has projects',
    'Delete its projects first, or move them to another client. The detail counts them.',
  ),
}
