import { useRef, useState } from 'react'
import { type Answer, TimeTrackError } from '../../../../src/sdk/index.ts'
import { useFormat, useText } from '../../i18n/i18n.tsx'
import { useFaults } from '../problem.ts'
import { outOfDate, type Resource, type Row } from '../resource.ts'
import { RequestKeys } from '../write/request-keys.ts'
import { useWrite } from '../write/use-write.ts'
import { type AnyDraft, changedFields, type Draft, draftOf, type Faults, type Kinds } from './draft.ts'
import { createObject, type Known, updateObject } from './save-object.ts'

interface Edited<T extends Row, K extends Kinds> {
  readonly resource: Resource<T, string>
  readonly kinds: K
  readonly names: Readonly<Record<keyof K & string, string>>
  /** What is edited, and its tag; undefined for a new object. */
  readonly base: Answer<T> | undefined
  onSaved(object: T): void
}

const STALE = 412
const MISSING = 10050
const WRONG_TYPE = 10051

/** "Exists, but it is deleted" has a code of its own for each kind of object. */
const isDeleted = ({ code }: TimeTrackError): boolean => code > 12_000 && code % 1_000 === 20

/** An object in a form. It is saved unless somebody else has saved first: then the reader decides. */
export function useEdit<T extends Row, K extends Kinds>({
  resource,
  kinds,
  names,
  base,
  onSaved,
}: Edited<T, K>) {
  const format = useFormat()
  const write = useWrite()
  const faultsOf = useEditFaults(kinds, names)
  const [start] = useState(() => draftOf(kinds, base?.data, format))
  const [draft, setDraft] = useState(start)
  const [faults, setFaults] = useState<Faults>({})
  const [isSaving, setSaving] = useState(false)
  const [conflict, setConflict] = useState<Answer<T>>()
  const [keys] = useState(() => new RequestKeys())
  const known = useRef<Known<K>>({ draft: start, etag: base?.etag })

  const send = (wanted: Draft<K>): Promise<T> =>
    write({
      keys,
      outOfDate: outOfDate(resource),
      send() {
        const saved = { resource, kinds, format, keys, draft: wanted }
        if (!base) return createObject(saved)
        return updateObject(base.data.id, known.current, saved, (step) => {
          known.current = step
        })
      },
    })
  const fail = async (error: unknown) => {
    setConflict(undefined)
    if (!(base && error instanceof TimeTrackError && error.status === STALE))
      return setFaults(faultsOf(error))
    try {
      setConflict(await resource.api.get(base.data.id))
    } catch (problem) {
      setFaults(faultsOf(problem))
    }
  }
  const save = async (wanted: Draft<K>) => {
    setSaving(true)
    setFaults({})
    try {
      onSaved(await send(wanted))
    } catch (error) {
      await fail(error)
    } finally {
      setSaving(false)
    }
  }
  return {
    start,
    draft,
    faults,
    isSaving,
    isChanged: changedFields<AnyDraft>(start, draft).length > 0,
    conflict: conflict && { object: conflict.data, draft: draftOf(kinds, conflict.data, format) },
    change(field: string, value: string | boolean) {
      setDraft({ ...draft, [field]: value })
      // It is being corrected.
      setFaults(({ [field]: _, ...others }) => others)
    },
    save: () => save(draft),
    /** Saves what was chosen over the version that somebody else has saved. */
    saveOver(chosen: Draft<K>) {
      if (conflict) known.current = { draft: draftOf(kinds, conflict.data, format), etag: conflict.etag }
      return save(chosen)
    },
    dropConflict: () => setConflict(undefined),
  }
}

/** Names the field that is missing; of numbers and times we can say better than the API how people write them. */
function useEditFaults(kinds: Kinds, names: Readonly<Record<string, string>>): (error: unknown) => Faults {
  const { conflict, failure } = useText()
  const faultsOf = useFaults()
  const sentenceOf = (code: number, field: string): string | undefined => {
    const { [field]: name } = names
    if (code === MISSING && name) return failure.required(name)
    const kind = kinds[field]
    return code === WRONG_TYPE && (kind === 'number' || kind === 'duration') ? failure[kind] : undefined
  }
  return (error) => {
    if (!(error instanceof TimeTrackError)) return faultsOf(error)
    if (isDeleted(error)) return { '': conflict.gone }
    const faults: Record<string, string> = { ...faultsOf(error) }
    for (const { code, source } of error.errors) {
      const field = source?.pointer?.slice(1) ?? ''
      const sentence = sentenceOf(code, field)
      if (sentence) faults[field] = sentence
    }
    return faults
  }
}
