export const tasksEn = {
  title: 'Tasks',
  new: 'New task',
  edit: 'Edit task',
  search: 'Search tasks',
  count: (count: string) => `${count} tasks`,
  countOne: '1 task',
  emptyTitle: 'No tasks yet',
  emptyHint: 'A task is a kind of work, such as development. It belongs to no project.',
  noneFound: 'No task fits',
  trashHint: 'Tasks that you delete wait here until they are restored.',
  rate: 'Rate',
  fields: {
    name: 'Name',
    enabled: 'Enabled',
    hourRate: 'Hourly rate',
    notes: 'Notes',
  },
  errors: {
    14001: 'There is no such task.',
    14002: 'Another task has this name.',
    14020: 'This task has been deleted.',
  },
}
