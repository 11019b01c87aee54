import type { Task } from '../../../src/sdk/index.ts'
import { TrashPage } from '../kit/list/trash-page.tsx'
import { tasks } from './task-resource.ts'
import { useTaskText } from './texts.ts'

const notesOf = ({ notes }: Task) => notes

/** Deleted tasks. */
export function TaskTrash() {
  const text = useTaskText()
  return <TrashPage resource={tasks} text={text} note={{ head: text.fields.notes, of: notesOf }} />
}
