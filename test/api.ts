import { resources } from '../src/app.ts'
import type { Operation } from '../src/http/operation.ts'
import type { Resource } from '../src/http/resource.ts'

/** The API that the servers of a test file have: that of the product, and in new-resource.test.ts one resource more. */
let served: readonly Resource[] = resources
let exercised: readonly Operation[] | undefined

/** Has servers serve these resources; the tests of every operation are then about these operations alone. */
export function serve(those: readonly Resource[], operations: readonly Operation[]): void {
  served = those
  exercised = operations
}

export const servedResources = (): readonly Resource[] => served

export const servedOperations = (): readonly Operation[] => served.flatMap(({ operations }) => operations)

/** The operations that the tests of every operation are about. */
export const exercisedOperations = (): readonly Operation[] => exercised ?? servedOperations()
