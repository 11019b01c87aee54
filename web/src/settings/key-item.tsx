import { Badge } from '@mantine/core'
import { useState } from 'react'
import type { Key, KeyWithSecret } from '../../../src/sdk/index.ts'
import { useFormat } from '../i18n/i18n.tsx'
import { Button } from '../kit/parts/button.tsx'
import { ConfirmDialog } from '../kit/parts/confirm-dialog.tsx'
import { CopyButton } from '../kit/parts/copy-button.tsx'
import { Icon } from '../kit/parts/icon.tsx'
import { IconButton } from '../kit/parts/icon-button.tsx'
import classes from './settings.module.css'
import { useSettingsText } from './texts.ts'
import { useKeyChanges } from './use-key-changes.ts'

interface KeyItemProps {
  readonly apiKey: Key
  onEdit(): void
  onSecret(shown: KeyWithSecret): void
}

/** One key: what it is for, when it was used, and its secret's renewal. */
export function KeyItem({ apiKey, onEdit, onSecret }: KeyItemProps) {
  const settings = useSettingsText()
  const format = useFormat()
  const changes = useKeyChanges()
  const [asked, setAsked] = useState<'revoke' | 'secret'>()
  const { name, key, access, lastUsedAt, createdAt, expiresAt, previousSecretUntil } = apiKey
  const isExpired = expiresAt !== null && Date.parse(expiresAt) <= Date.now()
  const hasGrace = previousSecretUntil !== null && Date.parse(previousSecretUntil) > Date.now()
  return (
    <li className={classes.item}>
      <div className={classes.itemMain}>
        <h3>
          {name} <Badge variant="light">{access === 'read' ? settings.read : settings.write}</Badge>
          {isExpired && (
            <Badge variant="light" color="red">
              {settings.expired}
            </Badge>
          )}
        </h3>
        <p className={classes.code}>
          <code>{key}</code>
          <CopyButton text={key} label={settings.keyCopy} />
        </p>
        <dl className={classes.facts}>
          <dt>{settings.lastUsed}</dt>
          <dd>{lastUsedAt === null ? settings.never : format.relative(lastUsedAt)}</dd>
          <dt>{settings.createdAt}</dt>
          <dd>{format.date(createdAt)}</dd>
          <dt>{settings.expires}</dt>
          <dd>{expiresAt === null ? settings.expiresNever : format.dateTime(expiresAt)}</dd>
        </dl>
        {hasGrace && (
          <p className={classes.grace}>
            {settings.grace(format.dateTime(previousSecretUntil))}
            <Button
              size="xs"
              variant="default"
              aria-label={settings.endGraceOf(name)}
              onClick={() => void changes.endGrace(apiKey)}
            >
              {settings.endGrace}
            </Button>
          </p>
        )}
      </div>
      <div className={classes.itemActions}>
        <Button
          size="xs"
          variant="default"
          aria-label={settings.newSecretOf(name)}
          disabled={hasGrace}
          onClick={() => setAsked('secret')}
        >
          {settings.newSecret}
        </Button>
        <IconButton label={settings.renameOf(name)} onClick={onEdit}>
          <Icon name="edit" />
        </IconButton>
        <IconButton label={settings.revokeOf(name)} onClick={() => setAsked('revoke')}>
          <Icon name="trash" />
        </IconButton>
      </div>
      {asked === 'secret' && (
        <ConfirmDialog
          title={settings.newSecretOf(name)}
          hint={settings.newSecretHint}
          action={settings.makeSecret}
          onConfirm={async () => {
            const shown = await changes.renew(apiKey)
            if (shown) onSecret(shown)
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === 'revoke' && (
        <ConfirmDialog
          title={settings.revokeTitle}
          hint={settings.revokeHint(name)}
          action={settings.revoke}
          danger
          onConfirm={() => changes.revoke(apiKey)}
          onClose={() => setAsked(undefined)}
        />
      )}
    </li>
  )
}
