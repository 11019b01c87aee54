import { clients } from '../clients/client-resource.ts'
import { firstQueries } from '../kit/list/first-page.ts'
import { projects } from '../projects/project-resource.ts'
import { tasks } from '../tasks/task-resource.ts'
import type { TableEntry } from './page.ts'

/** Every address of the app. Routes, ways, titles, roles and what is asked for first follow from it. */
export const pages: readonly TableEntry[] = [
  { path: '/', title: { en: 'Start', de: 'Start' }, to: '/projects' },
  {
    path: '/projects',
    title: { en: 'Projects', de: 'Projekte' },
    place: 'bar',
    icon: 'projects',
    first: (search) => firstQueries(projects, search),
    load: async () => (await import('../projects/projects-page.tsx')).ProjectsPage,
  },
  {
    path: '/projects/trash',
    title: { en: 'Trash: Projects', de: 'Papierkorb: Projekte' },
    load: async () => (await import('../projects/project-trash.tsx')).ProjectTrash,
  },
  {
    path: '/projects/:id',
    title: { en: 'Project', de: 'Projekt' },
    load: async () => (await import('../projects/project-page.tsx')).ProjectPage,
  },
  {
    path: '/clients',
    title: { en: 'Clients', de: 'Kunden' },
    place: 'bar',
    icon: 'clients',
    first: (search) => firstQueries(clients, search),
    load: async () => (await import('../clients/clients-page.tsx')).ClientsPage,
  },
  {
    path: '/clients/trash',
    title: { en: 'Trash: Clients', de: 'Papierkorb: Kunden' },
    load: async () => (await import('../clients/client-trash.tsx')).ClientTrash,
  },
  {
    path: '/tasks',
    title: { en: 'Tasks', de: 'Tätigkeiten' },
    place: 'bar',
    icon: 'tasks',
    first: (search) => firstQueries(tasks, search),
    load: async () => (await import('../tasks/tasks-page.tsx')).TasksPage,
  },
  {
    path: '/tasks/trash',
    title: { en: 'Trash: Tasks', de: 'Papierkorb: Tätigkeiten' },
    load: async () => (await import('../tasks/task-trash.tsx')).TaskTrash,
  },
  {
    path: '/settings',
    title: { en: 'Settings', de: 'Einstellungen' },
    place: 'rail',
    icon: 'settings',
    to: '/settings/general',
  },
  {
    path: '/settings/general',
    title: { en: 'Language and appearance', de: 'Sprache und Darstellung' },
    place: 'account',
    load: async () => (await import('../settings/appearance-section.tsx')).AppearanceSection,
  },
  {
    path: '/settings/api',
    title: { en: 'API', de: 'API' },
    place: 'account',
    role: 'admin',
    load: async () => (await import('../settings/api-section.tsx')).ApiSection,
  },
  {
    path: '/settings/password',
    title: { en: 'Password', de: 'Passwort' },
    place: 'person',
    load: async () => (await import('../settings/password-section.tsx')).PasswordSection,
  },
  {
    path: '/settings/sessions',
    title: { en: 'Sessions', de: 'Sitzungen' },
    place: 'person',
    load: async () => (await import('../settings/sessions-section.tsx')).SessionsSection,
  },
  {
    path: '/import',
    title: { en: 'Import', de: 'Import' },
    place: 'more',
    icon: 'import',
    load: async () => (await import('../transfer/import-page.tsx')).ImportPage,
  },
]
