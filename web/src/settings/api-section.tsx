import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Key, KeyWithSecret } from '../../../src/sdk/index.ts'
import { api } from '../api/api.ts'
import { serverUrl } from '../api/place.ts'
import { Button } from '../kit/parts/button.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import page from '../kit/parts/page.module.css'
import { EmptyState, ErrorState, Lines } from '../kit/parts/states.tsx'
import { CurlLines } from './curl-lines.tsx'
import { KeyDialog } from './key-dialog.tsx'
import { KeyItem } from './key-item.tsx'
import { SecretDialog } from './secret-dialog.tsx'
import { SectionHead } from './section-head.tsx'
import classes from './settings.module.css'
import { useSettingsText } from './texts.ts'

/** Settings / General / API: the keys of the account, and how to use them. */
export function ApiSection() {
  const settings = useSettingsText()
  const [edited, setEdited] = useState<Key | 'new'>()
  const [shown, setShown] = useState<KeyWithSecret>()
  const { data, error, refetch } = useQuery({
    queryKey: ['keys'],
    queryFn: async ({ signal }) => (await api.keys.list({ signal })).data,
  })
  return (
    <>
      <p className={classes.trail}>
        {settings.title} / {settings.general} / {settings.api}
      </p>
      <SectionHead title={settings.api} hint={settings.apiHint}>
        <div className={classes.buttons}>
          <a className={page.link} href={`${serverUrl}/docs`} target="_blank" rel="noreferrer">
            <Icon name="doc" size={16} />
            {settings.reference}
          </a>
          <Button leftSection={<Icon name="plus" size={16} />} onClick={() => setEdited('new')}>
            {settings.newKey}
          </Button>
        </div>
      </SectionHead>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Lines count={6} />}
      {data?.length === 0 && (
        <EmptyState icon={<Icon name="key" size={24} />} title={settings.noKeys} hint={settings.noKeysHint} />
      )}
      {data && data.length > 0 && (
        <ul className={classes.list}>
          {data.map((key) => (
            <KeyItem key={key.id} apiKey={key} onEdit={() => setEdited(key)} onSecret={setShown} />
          ))}
        </ul>
      )}
      {data && !shown && <CurlLines apiKey={data[0]?.key} />}
      {edited && (
        <KeyDialog
          apiKey={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSecret={setShown}
        />
      )}
      {shown && <SecretDialog shown={shown} onClose={() => setShown(undefined)} />}
    </>
  )
}
