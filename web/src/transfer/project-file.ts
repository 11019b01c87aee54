import { projectKind } from '../../../src/resources/projects/project.schema.ts'
import { FileKind } from '../../../src/transfer/file-kind.ts'

/** Projects as files hold them. */
export const projectFile = new FileKind(projectKind)
