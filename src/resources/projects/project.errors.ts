import { entry } from '../../http/catalogue-entry.ts'
import { namedErrors } from '../../resource/refusals.ts'
import { projectKind } from './project.schema.ts'

export const projectErrors = {
  ...namedErrors(projectKind.noun, { notFound: 13001, nameTaken: 13002, deleted: 13020 }),
  nameTaken: entry(
    13002,
    409,
    'Project name is taken',
    'Another project of the same client has this name (case does not count). Choose another, or update that one.',
  ),
  clientDeleted: entry(
    13003,
    409,
    'Client of the project is deleted',
    'Bring the client back with POST /clients/{id}/restore, then restore the project.',
  ),
}
