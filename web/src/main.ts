import './theme/tokens.css'
import './theme/base.css'
import { askEarly } from './app/early.ts'
import { startColorScheme } from './theme/color-scheme.ts'

// What is small comes first: the requests are under way while the browser reads the rest.
startColorScheme()
const early = askEarly(location)
// Not awaited here: the app imports what this file has asked with, and would wait for it to end.
void import('./app/start.tsx').then(({ start }) => start(early))
