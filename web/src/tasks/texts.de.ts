import type { tasksEn } from './texts.en.ts'

export const tasksDe: typeof tasksEn = {
  title: 'Tätigkeiten',
  new: 'Neue Tätigkeit',
  edit: 'Tätigkeit bearbeiten',
  conflict: 'Diese Tätigkeit wurde inzwischen geändert',
  search: 'Tätigkeiten suchen',
  count: (count) => `${count} Tätigkeiten`,
  countOne: '1 Tätigkeit',
  emptyTitle: 'Noch keine Tätigkeiten',
  emptyHint: 'Eine Tätigkeit ist eine Art von Arbeit, etwa Entwicklung. Sie gehört zu keinem Projekt.',
  noneFound: 'Keine Tätigkeit gefunden',
  trashHint: 'Gelöschte Tätigkeiten warten hier, bis sie wiederhergestellt werden.',
  rate: 'Stundensatz',
  fields: {
    name: 'Name',
    enabled: 'Aktiv',
    hourRate: 'Stundensatz',
    notes: 'Notizen',
  },
  errors: {
    14001: 'Diese Tätigkeit gibt es nicht.',
    14002: 'Eine andere Tätigkeit heißt schon so.',
    14020: 'Diese Tätigkeit wurde gelöscht.',
  },
}
