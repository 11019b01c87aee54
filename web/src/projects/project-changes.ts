import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Project } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { explain } from '../app/problem.ts'
import { useText } from '../i18n/i18n.tsx'
import { showRow } from '../list/changed-rows.ts'
import { useToast } from '../parts/toasts.tsx'

/** What can be done to a project from where it is listed. Each tells what it did; none rejects. */
export interface ProjectChanges {
  setEnabled(project: Project, enabled: boolean): Promise<void>
  remove(project: Project): Promise<void>
  restore(project: Pick<Project, 'id' | 'projectName'>): Promise<void>
  /** What is remembered about projects may be out of date. */
  refresh(): void
}

export function useProjectChanges(): ProjectChanges {
  const queries = useQueryClient()
  const toast = useToast()
  const text = useText()
  return useMemo(() => {
    const refresh = () => {
      void queries.invalidateQueries({ queryKey: ['projects'] })
      void queries.invalidateQueries({ queryKey: ['project'] })
    }
    const attempt = async (work: () => Promise<void>) => {
      try {
        await work()
      } catch (error) {
        toast({ text: `${text.errors.saveFailed}. ${explain(error, text)}`, kind: 'failed' })
      }
      refresh()
    }
    const restore = (project: Pick<Project, 'id' | 'projectName'>) =>
      attempt(async () => {
        const { data } = await api.projects.restore(project.id)
        toast({ text: text.projects.wasRestored(data.projectName) })
      })
    return {
      refresh,
      restore,
      setEnabled: (project, enabled) =>
        attempt(async () => {
          showRow<Project>(queries, 'projects', project.id, { projectEnabled: enabled })
          await api.projects.update(project.id, { projectEnabled: enabled })
          const { wasEnabled, wasDisabled } = text.projects
          toast({ text: (enabled ? wasEnabled : wasDisabled)(project.projectName) })
        }),
      remove: (project) =>
        attempt(async () => {
          await api.projects.delete(project.id)
          toast({
            text: text.projects.wasDeleted(project.projectName),
            action: { label: text.common.undo, run: () => void restore(project) },
          })
        }),
    }
  }, [queries, toast, text])
}
