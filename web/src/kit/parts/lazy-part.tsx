import { type ComponentType, createElement, use } from 'react'
import { loadTexts } from '../../i18n/texts.ts'

/** The code of a part did not come: the connection is gone, or an upgrade has replaced it. */
export class PartNotLoaded extends Error {
  override readonly name = 'PartNotLoaded'
}

/** Those that have failed to load. */
const failed = new Set<{ forget(): void }>()

/** The code of a part of the app, and what the part says: loaded when it is first needed. */
export class PartCode<P extends object> {
  readonly #load: () => Promise<ComponentType<P>>
  #loading: Promise<void> | undefined
  /** undefined until it is loaded. */
  component: ComponentType<P> | undefined

  constructor(load: () => Promise<ComponentType<P>>) {
    this.#load = load
  }

  /** Rejects with PartNotLoaded. */
  load(): Promise<void> {
    this.#loading ??= this.#start()
    return this.#loading
  }

  /** Lets it be asked for once more. */
  forget(): void {
    this.#loading = undefined
  }

  async #start(): Promise<void> {
    try {
      const component = await this.#load()
      await loadTexts()
      this.component = component
    } catch (cause) {
      failed.add(this)
      throw new PartNotLoaded('A part of the app could not be loaded.', { cause })
    }
  }
}

/** Lets what has failed to load be asked for once more. */
export function retryParts(): void {
  for (const code of failed) code.forget()
  failed.clear()
}

interface LazyPartProps<P extends object> {
  readonly code: PartCode<P>
  readonly props: P
}

/** A part of the app that is loaded when it is shown; until it is there, it suspends. */
export function LazyPart<P extends object>({ code, props }: LazyPartProps<P>) {
  if (!code.component) use(code.load())
  return code.component && createElement(code.component, props)
}
