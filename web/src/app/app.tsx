// Hears of going back before the router does.
import '../kit/edit/panel-place.ts'
import { QueryClientProvider } from '@tanstack/react-query'
import { Router } from 'wouter'
import { appPath } from '../api/place.ts'
import { LanguageProvider } from '../i18n/i18n.tsx'
import { ToastProvider } from '../kit/parts/toasts.tsx'
import { PageBoundary } from './page-boundary.tsx'
import { queries } from './queries.ts'
import { Routes } from './routes.tsx'

export function App() {
  return (
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <PageBoundary>
          <ToastProvider>
            <Router base={appPath}>
              <Routes />
            </Router>
          </ToastProvider>
        </PageBoundary>
      </QueryClientProvider>
    </LanguageProvider>
  )
}
