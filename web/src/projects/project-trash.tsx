import type { Project } from '../../../src/sdk/index.ts'
import { useText } from '../i18n/i18n.tsx'
import { TrashTable } from '../kit/list/trash-table.tsx'
import { useProjectChanges } from './project-changes.ts'
import { projectSource } from './project-source.ts'

const rowOf = ({ projectName, clientName, deletedAt }: Project) => ({
  name: projectName,
  note: clientName,
  deletedAt,
})

/** Deleted projects, and the way back. */
export function ProjectTrash() {
  const { projects, app } = useText()
  const { restore } = useProjectChanges()
  return (
    <TrashTable
      source={projectSource}
      back={{ path: '/projects', name: app.projects }}
      note={projects.client}
      empty={{ title: projects.trashEmpty, hint: projects.trashEmptyHint }}
      rowOf={rowOf}
      onRestore={restore}
    />
  )
}
