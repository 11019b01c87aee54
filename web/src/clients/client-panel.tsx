import type { Kinds } from '../kit/edit/draft.ts'
import { EditPanel, type PanelProps } from '../kit/edit/edit-panel.tsx'
import form from '../kit/edit/form.module.css'
import { NotesField, SwitchField, TextField } from '../kit/edit/inputs.tsx'
import { clients } from './client-resource.ts'
import { useClientText } from './texts.ts'

const kinds = {
  name: 'name',
  enabled: 'switch',
  contactPerson: 'text',
  email: 'text',
  phone: 'text',
  address: 'text',
  address2: 'text',
  addressZipCode: 'text',
  addressCity: 'text',
  addressCountry: 'text',
  notes: 'text',
} as const satisfies Kinds

/** Creates a client, or changes one. */
export function ClientPanel(props: PanelProps) {
  const text = useClientText()
  return (
    <EditPanel {...props} resource={clients} kinds={kinds} text={text}>
      {(field) => (
        <>
          <TextField {...field('name')} isFirst />
          <SwitchField {...field('enabled')} />
          <fieldset className={form.group}>
            <legend>{text.details}</legend>
            <TextField {...field('contactPerson')} />
            <TextField {...field('email')} keys="email" />
            <TextField {...field('phone')} keys="tel" />
            <TextField {...field('address')} />
            <TextField {...field('address2')} />
            <TextField {...field('addressZipCode')} />
            <TextField {...field('addressCity')} />
            <TextField {...field('addressCountry')} hint={text.countryHint} />
          </fieldset>
          <NotesField {...field('notes')} />
        </>
      )}
    </EditPanel>
  )
}
