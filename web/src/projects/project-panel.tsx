import { api } from '../api/api.ts'
import { useText } from '../i18n/i18n.tsx'
import { EditPanel } from '../kit/edit/edit-panel.tsx'
import { ProjectForm } from './project-form.tsx'

interface ProjectPanelProps {
  /** `new`, or the id of the project to edit. */
  readonly panel: string
  onClose(): void
}

/** Creates a project, or changes one. */
export function ProjectPanel({ panel, onClose }: ProjectPanelProps) {
  const { projects } = useText()
  return (
    <EditPanel
      panel={panel}
      titles={{ new: projects.new, edit: projects.editTitle }}
      name="project"
      load={(id, options) => api.projects.get(id, options)}
      form={(base) => <ProjectForm {...(base && { base })} onClose={onClose} />}
      onClose={onClose}
    />
  )
}
