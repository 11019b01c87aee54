import { useState } from 'react'
import { type Answer, TimeTrackError } from '../../../../src/sdk/index.ts'
import type { Faults, Fields } from './fields.ts'

interface Saving<F extends Fields, T> {
  /** What is edited; undefined where it is made anew. */
  readonly base: Answer<T> | undefined
  /** The fields that the editing begins with. */
  readonly start: F
  draftOf(object: T): F
  /** Sends what differs between two drafts, under the tag that the object should still have. */
  send(from: F, to: F, etag: string | undefined): Promise<T>
  /** The object as it is now. */
  reload(): Promise<Answer<T>>
  faultsOf(error: unknown): Faults
  onSaved(object: T): void
}

const STALE = 412

/** Saves a draft, unless somebody else has saved first: then there is a conflict for the reader to decide. */
export function useSave<F extends Fields, T>(saving: Saving<F, T>) {
  const { base, start, draftOf, send, reload, faultsOf, onSaved } = saving
  const [faults, setFaults] = useState<Faults>({})
  const [isSaving, setSaving] = useState(false)
  const [conflict, setConflict] = useState<Answer<T>>()

  const fail = async (error: unknown) => {
    setConflict(undefined)
    if (!(base && error instanceof TimeTrackError && error.status === STALE))
      return setFaults(faultsOf(error))
    try {
      setConflict(await reload())
    } catch (problem) {
      setFaults(faultsOf(problem))
    }
  }
  const save = async (from: F, to: F, etag: string | undefined) => {
    setSaving(true)
    setFaults({})
    try {
      onSaved(await send(from, to, etag))
    } catch (error) {
      await fail(error)
    } finally {
      setSaving(false)
    }
  }
  return {
    faults,
    isSaving,
    conflict,
    save: (draft: F) => save(start, draft, base?.etag),
    /** Saves what was chosen over the version that was found. */
    saveOver: (found: Answer<T>, chosen: F) => save(draftOf(found.data), chosen, found.etag),
    /** A field is being corrected. */
    forget: (fields: object) =>
      setFaults((present) =>
        Object.fromEntries(Object.entries(present).filter(([name]) => !(name in fields))),
      ),
    dropConflict: () => setConflict(undefined),
  }
}
