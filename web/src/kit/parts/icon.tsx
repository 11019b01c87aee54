import type { ReactNode } from 'react'

/** On a grid of 24. */
const shapes = {
  projects: (
    <>
      <rect x="3.5" y="4.5" width="17" height="15" rx="2.5" />
      <path d="M3.5 9.5h17M9 9.5v10" />
    </>
  ),
  clients: (
    <path d="M4 20V6.5L12 3l8 3.5V20M2.5 20h19M9 20v-4.5h6V20M8.5 8.5h.01M12 8.5h.01M15.5 8.5h.01M8.5 12h.01M12 12h.01M15.5 12h.01" />
  ),
  import: <path d="M12 3.5v11m0 0 4-4m-4 4-4-4M4 16.5v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2" />,
  export: <path d="M12 14.5v-11m0 0 4 4m-4-4-4 4M4 16.5v2a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2v-2" />,
  settings: (
    <>
      <path d="M4 7h9M17 7h3M4 17h3M11 17h9" />
      <circle cx="15" cy="7" r="2" />
      <circle cx="9" cy="17" r="2" />
    </>
  ),
  search: (
    <>
      <circle cx="11" cy="11" r="6.5" />
      <path d="m16 16 4.5 4.5" />
    </>
  ),
  plus: <path d="M12 5v14M5 12h14" />,
  edit: <path d="M4 20h4L19 9l-4-4L4 16v4ZM13 7l4 4" />,
  trash: <path d="M4 6.5h16M9 6.5V4h6v2.5M6.5 6.5l.8 13h9.4l.8-13M10 10.5v5.5M14 10.5v5.5" />,
  restore: <path d="M4 9h11a5 5 0 0 1 0 10h-4M4 9l4-4M4 9l4 4" />,
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2" />
      <path d="M15.5 8.5V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7.5a2 2 0 0 0 2 2h2.5" />
    </>
  ),
  check: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  up: <path d="M12 19V5m0 0-5 5m5-5 5 5" />,
  down: <path d="M12 5v14m0 0 5-5m-5 5-5-5" />,
  downUp: <path d="m8 9.5 4-4 4 4M8 14.5l4 4 4-4" />,
  back: <path d="M19 12H5m0 0 6-6m-6 6 6 6" />,
  key: (
    <>
      <circle cx="8" cy="15.5" r="4" />
      <path d="m11 12.5 8.5-8.5M16 7.5l3 3" />
    </>
  ),
  offline: (
    <path d="M3 3l18 18M8.5 16.5a5 5 0 0 1 7 0M5 12.9a10 10 0 0 1 4.5-2.6M14 10.2a10 10 0 0 1 5 2.7M2 8.8a15 15 0 0 1 4.2-2.7M10.5 5a15 15 0 0 1 11.5 3.8M12 20h.01" />
  ),
  warn: <path d="M12 4 2.8 20h18.4L12 4ZM12 10v4.5M12 17.5h.01" />,
  user: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c.7-4 3.6-6 7.5-6s6.8 2 7.5 6" />
    </>
  ),
  doc: <path d="M6 3.5h8l4.5 4.5v12.5H6V3.5ZM14 3.5V8h4.5M9 12.5h6M9 16h6" />,
  more: <path d="M4 7h16M4 12h16M4 17h16" />,
  tasks: <path d="M4 7l1.5 1.5L8.5 5.5M4 14l1.5 1.5 3-3M12 7h8M12 14.5h8M12 19.5h5" />,
  appearance: <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z" />,
  language: <path d="M5 7h14M5 12h10M5 17h14" />,
  signOut: <path d="M14 4H6v16h8M10 12h10m0 0-3.5-3.5M20 12l-3.5 3.5" />,
} satisfies Readonly<Record<string, ReactNode>>

export type IconName = keyof typeof shapes

interface IconProps {
  readonly name: IconName
  readonly size?: number
}

/** A line icon; it only ever stands beside a name. */
export function Icon({ name, size = 18 }: IconProps) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      {shapes[name]}
    </svg>
  )
}
