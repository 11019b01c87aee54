import type { Project } from '../../../src/sdk/index.ts'
import { TrashPage } from '../kit/list/trash-page.tsx'
import { projects } from './project-resource.ts'
import { useProjectText } from './texts.ts'

const clientOf = ({ clientName }: Project) => clientName

/** Deleted projects. */
export function ProjectTrash() {
  const text = useProjectText()
  return <TrashPage resource={projects} text={text} note={{ head: text.fields.clientName, of: clientOf }} />
}
